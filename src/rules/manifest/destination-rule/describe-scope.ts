import type { PolicyPart } from '../../../istio/destination-rule-parts.ts';

/** ' for port 9080 of subset `v1`', as messages go on after naming the rule; '' for the policy of the whole host. */
export function describeScope({ subset, port }: PolicyPart['scope']): string {
  const ofPort = port === undefined ? '' : ` for port ${port.number}`;
  if (subset === undefined) return ofPort;
  return ofPort === '' ? ` for subset \`${subset}\`` : `${ofPort} of subset \`${subset}\``;
}

/** Istio's code drops warnings, though not errors, below `subsets` and `portLevelSettings`. */
export function lostByIstio({ subset, port }: PolicyPart['scope']): readonly string[] {
  return subset === undefined && port === undefined ? [] : ['Istio itself loses this warning in a subset and for a port'];
}

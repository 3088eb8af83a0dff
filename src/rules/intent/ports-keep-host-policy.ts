import { listWords } from '../../model/names.ts';
import type { ResolvedDestinationRule } from '../../model/resolved.ts';
import { defineRule } from '../rule.ts';
import type { IntentSubject } from '../subjects.ts';

const blocks = ['proxyProtocol', 'retryBudget'] as const;

/**
 * A port with a policy of its own has no `proxyProtocol` and no `retryBudget`: its entry replaces the policy around it, and cannot say
 * these itself (Istio: pilot/pkg/networking/util/util.go GetPortLevelTrafficPolicy).
 */
export const portsKeepHostPolicy = defineRule({
  code: 'MS3040',
  name: 'ports-keep-host-policy',
  severity: 'warning',
  summary: ({ name, block, lost }: { name: string; block: string; lost: readonly string[] }) =>
    `\`${block}\` of ${name} does not hold on ${listWords(lost)}, which ${lost.length === 1 ? 'has a policy' : 'have policies'} of ${lost.length === 1 ? 'its' : 'their'} own`,
  why: 'In Istio the policy of a port replaces that of the host, and a port has no words for a PROXY header or a retry budget.',
  fix: 'Say what the port says for the whole service, or for all of a version, or take the word away if it is not needed there.',
  since: '0.1.0',
  check({ resolved }: IntentSubject, report) {
    for (const { intent, destinationRules } of resolved) {
      for (const block of blocks) {
        const said = destinationRules.flatMap(({ trafficPolicy }) => trafficPolicy?.host?.[block] ?? [])[0];
        const lost = [...new Set(destinationRules.flatMap(portsWithPolicies))];
        if (said !== undefined && lost.length > 0) report({ params: { name: intent.name, block, lost }, at: said.origin.at });
      }
    }
  },
});

/** 'port 80', and 'port 81 of v2' where only a version speaks. */
function portsWithPolicies({ trafficPolicy, subsets }: ResolvedDestinationRule): readonly string[] {
  const ofAll = (trafficPolicy?.portLevelSettings ?? []).map(({ port }) => port.value);
  const ofVersions = subsets.flatMap(({ name, trafficPolicy: own }) =>
    (own?.portLevelSettings ?? []).flatMap(({ port }) => (ofAll.includes(port.value) ? [] : [`port ${port.value} of ${name.value}`])),
  );
  return [...ofAll.map((number) => `port ${number}`), ...ofVersions];
}

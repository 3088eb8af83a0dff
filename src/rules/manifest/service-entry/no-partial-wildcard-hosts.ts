import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { hostsOf, resolutionOf } from './entry-parts.ts';

/** A wildcard stands for whole labels (Istio: agent/validation.go ValidatePartialWildCard warns since 1.17; DYNAMIC_DNS is exempt). */
export const noPartialWildcardHosts = defineObjectRule<{ id: string; host: string }>({
  code: 'MS5420',
  name: 'no-partial-wildcard-hosts',
  severity: 'warning',
  summary: ({ id, host }) => `${id} has the host \`${host}\`, a wildcard for part of a label`,
  why: 'Envoy compares server names of TLS by whole labels and refuses listeners with such a name, so the host may stay without effect.',
  fix: 'Write a wildcard for a whole label, such as `*.example.com`, or name the hosts.',
  since: '0.1.0',
  reads: ['ServiceEntry'],
  check(object, report) {
    if (resolutionOf(object.spec) === 'DYNAMIC_DNS') return;
    for (const { host, pointer } of hostsOf(object.spec)) {
      if (host.includes('*') && host !== '*' && !host.startsWith('*.')) report({ params: { id: titleOf(object), host }, pointer });
    }
  },
});

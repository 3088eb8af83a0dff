import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { hostsOf, resolutionOf } from './entry-parts.ts';

/** DYNAMIC_DNS is for hosts that are known only when a request names them (Istio: validation.go ValidateServiceEntry, since 1.28). */
export const dynamicHostsAreWildcards = defineObjectRule<{ id: string; host: string }>({
  code: 'MS5411',
  name: 'dynamic-hosts-are-wildcards',
  severity: 'error',
  summary: ({ id, host }) => `${id} has the host \`${host}\`, but resolution DYNAMIC_DNS takes wildcards only`,
  why: 'With DYNAMIC_DNS a proxy looks up whatever host a request names; Istio rejects a host that is known beforehand.',
  fix: 'Write a ServiceEntry of its own for the host, with `resolution: DNS`, or a wildcard such as `*.example.com`.',
  since: '0.1.0',
  reads: ['ServiceEntry'],
  check(object, report) {
    if (resolutionOf(object.spec) !== 'DYNAMIC_DNS') return;
    for (const { host, pointer } of hostsOf(object.spec)) {
      if (!host.startsWith('*')) report({ params: { id: titleOf(object), host }, pointer });
    }
  },
});

import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { endpointsOf, hostsOf, looksUpNames, resolutionOf } from './entry-parts.ts';

/** Without endpoints DNS is asked for the hosts themselves, so none may be a wildcard (Istio: validation.go ValidateServiceEntry). */
export const lookedUpHostsAreNames = defineObjectRule<{ id: string; host: string; resolution: string }>({
  code: 'MS5404',
  name: 'looked-up-hosts-are-names',
  severity: 'error',
  summary: ({ id, host, resolution }) => `${id} has no endpoints, so resolution ${resolution} would look up \`${host}\``,
  why: 'DNS answers for a name, never for a wildcard; Istio rejects the ServiceEntry.',
  fix: 'Name each host, list `endpoints` that serve all of them, or write `resolution: NONE`; from Istio 1.28 there is `DYNAMIC_DNS`.',
  since: '0.1.0',
  reads: ['ServiceEntry'],
  check(object, report) {
    const { spec } = object;
    if (!looksUpNames(spec) || endpointsOf(spec).length > 0) return;
    for (const { host, pointer } of hostsOf(spec)) {
      if (host.startsWith('*')) report({ params: { id: titleOf(object), host, resolution: resolutionOf(spec) }, pointer });
    }
  },
});

import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { isAddress, sniHosts } from './sni-hosts.ts';

/** SNI holds names, not addresses (RFC 6066 section 3; Istio: validation.go validateSniHost, which warns from 1.14). */
export const sniHostsAreNames = defineObjectRule<{ id: string; host: string }>({
  code: 'MS5124',
  name: 'sni-hosts-are-names',
  severity: 'warning',
  summary: ({ id, host }) => `${id} matches the address \`${host}\` as an SNI host`,
  why: 'Clients that follow the standard send no SNI for an address, so the route is not chosen.',
  fix: 'Match a name that clients send; an address is matched by `destinationSubnets` of a tcp route.',
  since: '0.1.0',
  reads: ['VirtualService'],
  meshes: { from: 14 },
  check(object, report) {
    for (const { host, pointer } of sniHosts(object.spec)) {
      if (isAddress(host)) report({ params: { id: titleOf(object), host }, pointer });
    }
  },
});

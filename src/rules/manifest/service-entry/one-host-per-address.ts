import { titleOf } from '../../../mesh/mesh-object.ts';
import { listOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { hostsOf, looksUpNames, portsOf } from './entry-parts.ts';
import { isTls, namesItsHost } from './protocol-families.ts';

/**
 * Hosts that are looked up share no address on ports that a proxy forwards as TCP (Istio: validation.go ValidateServiceEntry warns since
 * 1.10). Plain TCP is refused already, which leaves TLS.
 */
export const oneHostPerAddress = defineObjectRule<{ id: string; port: number; hosts: number }>({
  code: 'MS5419',
  name: 'one-host-per-address',
  severity: 'warning',
  summary: ({ id, port, hosts }) => `${id} gives one address to ${hosts} hosts on port ${port}, which is forwarded as TCP`,
  why: 'A proxy knows such connections by their address; where several hosts share one, a connection may end at another of them.',
  fix: 'Write one ServiceEntry with an address of its own for each host, or leave `addresses` out.',
  since: '0.1.0',
  reads: ['ServiceEntry'],
  check(object, report) {
    const { spec } = object;
    const hosts = hostsOf(spec).length;
    if (!looksUpNames(spec) || hosts < 2 || listOr(spec.addresses).length === 0) return;
    const ports = portsOf(spec);
    const port = ports.find(({ protocol }) => isTls(protocol));
    if (port !== undefined && ports.every(({ protocol }) => namesItsHost(protocol)))
      report({ params: { id: titleOf(object), port: port.number, hosts }, pointer: '/addresses/0' });
  },
});

import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { hostsOf, portsOf, protocolPointer, resolutionOf } from './entry-parts.ts';
import { namesItsHost } from './protocol-families.ts';

/**
 * Several hosts share a port only where requests name their host: HTTP and TLS protocols. With NONE hosts do not matter
 * (Istio: validation.go ValidateServiceEntry).
 */
export const oneHostOnPlainTcp = defineObjectRule<{ id: string; port: number; protocol: string; hosts: number }>({
  code: 'MS5417',
  name: 'one-host-on-plain-tcp',
  severity: 'error',
  summary: ({ id, port, protocol, hosts }) =>
    `${id} serves ${hosts} hosts on port ${port} with ${protocol === '' ? 'no protocol' : `the protocol ${protocol}`}`,
  why: 'Nothing in such a connection says which of the hosts is meant; Istio rejects the ServiceEntry.',
  fix: 'Write the protocol if it is HTTP, HTTPS, TLS or one of their kin, or one ServiceEntry with an address of its own for each host.',
  since: '0.1.0',
  reads: ['ServiceEntry'],
  check(object, report) {
    const { spec } = object;
    const hosts = hostsOf(spec).length;
    if (resolutionOf(spec) === 'NONE' || hosts < 2) return;
    for (const port of portsOf(spec)) {
      const { number, protocol } = port;
      if (!namesItsHost(protocol))
        report({ params: { id: titleOf(object), port: number, protocol, hosts }, pointer: protocolPointer(spec, port) });
    }
  },
});

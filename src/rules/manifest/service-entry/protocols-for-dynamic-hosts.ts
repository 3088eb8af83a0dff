import { titleOf } from '../../../mesh/mesh-object.ts';
import { listWords } from '../../../model/names.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { portsOf, protocolPointer, resolutionOf } from './entry-parts.ts';

/**
 * DYNAMIC_DNS needs a protocol whose requests name their host in a place that the proxy reads: HTTP in 1.28, TLS since 1.29, GRPC and
 * HTTP2 since 1.30 (Istio: validation.go ValidateServiceEntry of these releases).
 */
export const protocolsForDynamicHosts = defineObjectRule<{ id: string; protocol: string; port: number; known: readonly string[] }>({
  code: 'MS5413',
  name: 'protocols-for-dynamic-hosts',
  severity: 'error',
  summary: ({ id, protocol, port, known }) =>
    `port ${port} of ${id} has ${protocol === '' ? 'no protocol' : `the protocol ${protocol}`}; resolution DYNAMIC_DNS takes ${listWords(known, 'or')}`,
  why: 'A proxy must read the host from each request before it can look it up; Istio rejects other protocols.',
  fix: 'Write the protocol that clients speak as HTTP or TLS (for encrypted traffic that the proxy passes on), or choose another resolution.',
  since: '0.1.0',
  reads: ['ServiceEntry'],
  check(object, report, mesh) {
    const { spec } = object;
    if (resolutionOf(spec) !== 'DYNAMIC_DNS') return;
    const known = protocolsOf(mesh.environment.istio.minor);
    for (const port of portsOf(spec)) {
      const { protocol, number } = port;
      if (known.includes(protocol)) continue;
      report({ params: { id: titleOf(object), protocol, port: number, known }, pointer: protocolPointer(spec, port) });
    }
  },
});

function protocolsOf(minor: number): readonly string[] {
  if (minor >= 30) return ['HTTP', 'HTTP2', 'GRPC', 'TLS'];
  return minor === 29 ? ['HTTP', 'TLS'] : ['HTTP'];
}

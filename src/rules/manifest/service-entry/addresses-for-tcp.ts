import { type MeshObject, titleOf } from '../../../mesh/mesh-object.ts';
import { listOr, objectOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { portsOf, protocolPointer, resolutionOf, textOr } from './entry-parts.ts';

/**
 * A TCP port of a host needs an address by which its connections are known: a written one, or from 1.25 one that Istio allocates
 * (Istio: validation.go ValidateServiceEntry since 1.15, serviceentry/ip_autoallocation.go; the analyzer takes `tcp` for `TCP`).
 */
export const addressesForTcp = defineObjectRule<{ id: string; port: number; protocol: string }>({
  code: 'MS5418',
  name: 'addresses-for-tcp',
  severity: 'warning',
  alias: 'IST0134',
  summary: ({ id, port, protocol }) =>
    `${id} serves port ${port} with ${protocol === '' ? 'no protocol' : 'the protocol TCP'}, but has no address by which to know its connections`,
  why: 'Without an address a proxy takes every connection to that port, wherever it leads, for this host.',
  fix: 'Write `addresses`, or the protocol if it is HTTP or TLS; from Istio 1.25 addresses are allocated unless resolution is NONE or a label forbids it.',
  since: '0.1.0',
  reads: ['ServiceEntry'],
  check(object, report, mesh) {
    const { spec } = object;
    if (listOr(spec.addresses).length > 0 || getsAddresses(object, mesh.environment.istio.minor)) return;
    for (const port of portsOf(spec)) {
      const { number, protocol } = port;
      if (protocol !== '' && protocol !== 'TCP') continue;
      report({ params: { id: titleOf(object), port: number, protocol }, pointer: protocolPointer(spec, port) });
    }
  },
});

function getsAddresses({ manifest, spec }: MeshObject, minor: number): boolean {
  if (listOr(objectOr(manifest.body.status).addresses).length > 0) return true;
  const label = objectOr(objectOr(manifest.body.metadata).labels)['networking.istio.io/enable-autoallocate-ip'];
  return minor >= 25 && resolutionOf(spec) !== 'NONE' && textOr(label).toLowerCase() !== 'false';
}

import { titleOf } from '../../../mesh/mesh-object.ts';
import { type JsonObject, listOr } from '../../../model/json.ts';
import type { Pointer } from '../../../model/pointer.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { isDelegate } from './bindings.ts';
import { sniHosts } from './sni-hosts.ts';

/**
 * `outbound_.<port>_.<subset>_.<host>` is the SNI by which sidecars reach services through a gateway with AUTO_PASSTHROUGH. It is no host
 * name, and accepted only where a gateway can read it (Istio: agent/validation.go ValidateWildcardDomainForVirtualServiceBoundToGateway, 1.24).
 */
export const internalNameAtGatewaysAlone = defineObjectRule<{ id: string; host: string; old: boolean }>({
  code: 'MS5106',
  name: 'internal-name-at-gateways-alone',
  severity: 'error',
  summary: ({ id, host, old }) =>
    `${id} has the internal name \`${host}\`, which ${old ? 'Istio reads from 1.24 on' : 'counts only at gateways, by `sniHosts`'}`,
  why: 'Anywhere else Istio takes it for a host, in which there can be no `_`, and rejects the VirtualService.',
  fix: 'Write the name of the service, or name gateways alone under `gateways` and match by `tls` with `sniHosts`.',
  since: '0.1.0',
  reads: ['VirtualService'],
  check(object, report, mesh) {
    const old = mesh.environment.istio.minor < 24;
    for (const { host, pointer, allowed } of internalNames(object.spec)) {
      if (old || !allowed) report({ params: { id: titleOf(object), host, old }, pointer });
    }
  },
});

interface InternalName {
  readonly host: string;
  readonly pointer: Pointer;
  readonly allowed: boolean;
}

function internalNames(spec: JsonObject): readonly InternalName[] {
  const gateways = listOr(spec.gateways);
  const matched = sniHosts(spec);
  // An SNI host may stand where there are no gateways at all, a host may not: that is how the validation is written.
  const inMesh = gateways.includes('mesh');
  const hostAllowed = gateways.length > 0 && !inMesh && matched.length > 0;
  const hosts = listOr(spec.hosts).map((host, i) => ({ host: String(host), pointer: `/hosts/${i}`, allowed: hostAllowed }));
  const names = isDelegate(spec) ? [] : matched.map((one) => ({ ...one, allowed: !inMesh }));
  return [...hosts, ...names].filter(({ host }) => host.startsWith('outbound_'));
}

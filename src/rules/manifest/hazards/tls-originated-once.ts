import { trafficPolicies } from '../../../istio/destination-rule-parts.ts';
import { destinationsOf } from '../../../istio/virtual-service-parts.ts';
import type { Mesh } from '../../../mesh/mesh.ts';
import { type MeshObject, titleOf } from '../../../mesh/mesh-object.ts';
import { listOr, objectOr } from '../../../model/json.ts';
import { defineMeshRule } from '../../manifest-rule.ts';
import { familyOf } from './port-families.ts';
import { hostKey } from './rules-of-hosts.ts';

/**
 * Callers speak TLS themselves to a port for HTTPS or TLS, so a DestinationRule that originates TLS there wraps TLS in TLS (istio.io:
 * ops/common-problems/network-issues, "Double TLS"). Where an http route leads plain requests to the port, it is right.
 */
export const tlsOriginatedOnce = defineMeshRule<{ id: string; mode: string; host: string; port: number; protocol: string }>({
  code: 'MS5912',
  name: 'tls-originated-once',
  severity: 'warning',
  summary: ({ id, mode, host, port, protocol }) =>
    `${id} originates TLS (\`${mode}\`) on port ${port} of ${host}, where callers speak ${protocol} already`,
  why: 'The proxy would wrap the TLS of its callers in TLS of its own, and the host could not read what it gets.',
  fix: 'Let callers send plain HTTP to a port with `protocol: HTTP` (number 80, targetPort 443) and originate TLS there, or remove `tls` here.',
  since: '0.1.0',
  reads: ['DestinationRule', 'ServiceEntry', 'VirtualService'],
  check(mesh, report) {
    let plain: ReadonlySet<string> | undefined;
    for (const object of mesh.ofKind('DestinationRule')) {
      if (!object.wellFormed) continue;
      const host = hostKey(mesh, object.spec.host, object);
      const [entry] = mesh.hosts.named(host);
      if (entry?.from !== 'ServiceEntry' || entry.object?.spec.location === 'MESH_INTERNAL') continue;
      for (const { pointer, mode, ports } of originations(object)) {
        const routed = plain ?? routedPlainly(mesh);
        plain = routed;
        const wrapped = (entry.ports ?? []).find(
          (port) => familyOf(port) === 'tls' && ports(port.number) && !routed.has(`${host} ${port.number}`) && !routed.has(`${host} any`),
        );
        if (wrapped === undefined) continue;
        const { number, protocol } = wrapped;
        const params = { id: titleOf(object), mode, host, port: number, protocol: String(protocol).toUpperCase() };
        const index = listOr(entry.object?.spec.ports).findIndex((port) => objectOr(port).number === number);
        const related = [{ message: 'the port', at: entry.object?.at(`/ports/${index}/protocol`) }];
        report(object, { params, pointer: `${pointer}/tls/mode`, related });
      }
    }
  },
});

/** Policies of the host with TLS by itself, and for which ports each holds. */
function originations({ spec }: MeshObject) {
  const policies = trafficPolicies(spec).filter(({ scope }) => scope.subset === undefined);
  const own = new Set(policies.flatMap(({ scope }) => scope.port?.number ?? []));
  return policies.flatMap(({ policy, pointer, scope }) => {
    const { mode } = objectOr(policy.tls);
    if (mode !== 'SIMPLE' && mode !== 'MUTUAL') return [];
    const { port } = scope;
    return [{ pointer, mode, ports: (number: number) => (port === undefined ? !own.has(number) : port.number === number) }];
  });
}

/** 'host port' of every destination of an http route: requests that a proxy has read, so they are plain. */
function routedPlainly(mesh: Mesh): ReadonlySet<string> {
  const routed = new Set<string>();
  for (const object of mesh.shown('VirtualService')) {
    for (const { route, destination } of destinationsOf(object.spec)) {
      const { number = 'any' } = objectOr(destination.port);
      if (route.list === 'http') routed.add(`${hostKey(mesh, destination.host, object)} ${String(number)}`);
    }
  }
  return routed;
}

import { boundToMesh, type RouteList, routesOf } from '../../../istio/virtual-service-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { listOr } from '../../../model/json.ts';
import { listWords } from '../../../model/names.ts';
import { defineObjectInMeshRule } from '../../manifest-rule.ts';
import { type PortFamily, portsOfHost } from './port-families.ts';
import { hostKey } from './rules-of-hosts.ts';

/** Which ports routes of each kind act on. */
const actsOn: Readonly<Record<RouteList, PortFamily>> = { http: 'http', tls: 'tls', tcp: 'tcp' };

/**
 * A sidecar ends no TLS: on a port for HTTPS or TLS it reads the SNI name and nothing else, and on one for TCP nothing at all (Istio:
 * pilot/pkg/networking/core/tls.go, listener.go). Routes of another kind than all ports of the hosts have no effect there.
 */
export const routesFitPorts = defineObjectInMeshRule<{ id: string; list: string; host: string; ports: readonly string[] }>({
  code: 'MS5911',
  name: 'routes-fit-ports',
  severity: 'warning',
  summary: ({ id, list, host, ports }) =>
    `the \`${list}\` routes of ${id} have no effect in the mesh: ${host} has only ${listWords(ports)}`,
  why: 'Sidecars apply `http` routes to HTTP ports, `tls` routes to HTTPS and TLS ports and `tcp` routes to TCP ports. Others are passed over without a word.',
  fix: 'Write routes of the kind that the port speaks, or declare the port with the protocol that callers really send, such as HTTP where TLS is originated.',
  since: '0.1.0',
  reads: ['VirtualService'],
  check(object, report, mesh) {
    const { spec } = object;
    // At a gateway the same routes may well have an effect.
    if (!boundToMesh(spec) || listOr(spec.gateways).some((gateway) => gateway !== 'mesh')) return;
    const hosts = listOr(spec.hosts).map((host) => hostKey(mesh, host, object));
    const known = hosts.map((host) => portsOfHost(mesh, host));
    const ports = known.flatMap((one) => one ?? []);
    if (hosts.length === 0 || known.includes(undefined) || ports.length === 0) return;
    const entry = mesh.hosts.named(hosts[0] ?? '').find((one) => one.object !== undefined && one.object !== object)?.object;
    const related = entry === undefined ? [] : [{ message: 'its ports', at: entry.at('/ports', 'key') }];
    for (const list of ['http', 'tls', 'tcp'] as const) {
      const [first] = routesOf(spec, [list]);
      if (first === undefined || ports.some(({ family }) => family === undefined || family === actsOn[list])) continue;
      const named = [...new Set(ports.map(({ port }) => `${String(port.protocol).toUpperCase()} port ${port.number}`))];
      report({ params: { id: titleOf(object), list, host: hosts[0] ?? '', ports: named }, pointer: `/${list}`, part: 'key', related });
    }
  },
});

import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineMeshRule } from '../../manifest-rule.ts';
import { overlapIn } from './selectors.ts';
import { hostsServedTwice, type ServedHost, serversOf, titleOfHost } from './servers.ts';

/**
 * Plain HTTP servers of one port and workload are merged: what is bound to either Gateway meets on one virtual host (Istio:
 * pilot/pkg/networking/core/gateway.go buildGatewayHTTPRouteConfig).
 */
export const plainHostOnOneGateway = defineMeshRule<{ id: string; other: string; host: string; port: number }>({
  code: 'MS5803',
  name: 'plain-host-on-one-gateway',
  severity: 'warning',
  alias: 'IST0145',
  summary: ({ id, other, host, port }) => `${id} and ${other} both serve ${host} on port ${port}, so Istio joins them`,
  why: 'Routes of VirtualServices that are bound to either are tried together, in the order of their creation, which git does not know.',
  fix: 'Keep one Gateway and bind all VirtualServices to it, or give each Gateway hosts of its own.',
  since: '0.1.0',
  reads: ['Gateway'],
  check(mesh, report) {
    const servers = serversOf(mesh).filter(({ speaks, tls }) => speaks === 'http' && tls.httpsRedirect !== true);
    const keyOf = ({ server, host }: ServedHost) => `${server.port} ${server.bind} ${host.namespace ?? '*'}/${host.name}`;
    for (const { later, earlier } of hostsServedTwice(servers, keyOf, overlapIn(mesh.cluster))) {
      const { object, port } = later.server;
      const other = earlier.server.object;
      const params = { id: titleOf(object), other: titleOf(other), host: titleOfHost(later.host), port };
      const related = [{ message: 'the other one', at: other.at(earlier.host.pointer) }];
      report(object, { params, pointer: later.host.pointer, related });
    }
  },
});

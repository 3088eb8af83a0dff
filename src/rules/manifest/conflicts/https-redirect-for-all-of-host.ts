import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineMeshRule } from '../../manifest-rule.ts';
import { overlapIn } from './selectors.ts';
import { hostsServedTwice, type ServedHost, type Server, serversOf, titleOfHost } from './servers.ts';

/**
 * Plain HTTP servers of one port and workload share their virtual hosts, and one `httpsRedirect` redirects the whole virtual host (Istio:
 * pilot/pkg/networking/core/gateway.go buildGatewayHTTPRouteConfig, RequireTls).
 */
export const httpsRedirectForAllOfHost = defineMeshRule<{ id: string; other: string; host: string; port: number }>({
  code: 'MS5804',
  name: 'https-redirect-for-all-of-host',
  severity: 'warning',
  summary: ({ id, other, host, port }) => `${id} redirects ${host} on port ${port} to https, and with it what ${other} serves there`,
  why: 'Istio joins plain HTTP servers of one host, and a redirect holds for all of them: no route of the other Gateway is ever tried.',
  fix: 'Write `httpsRedirect` in both, or in neither; what must stay on plain HTTP, such as an ACME challenge, needs a host of its own.',
  since: '0.1.0',
  reads: ['Gateway'],
  check(mesh, report) {
    const overlap = overlapIn(mesh.cluster);
    const plain = serversOf(mesh).filter(({ speaks }) => speaks === 'http');
    const redirecting = plain.filter(redirects);
    const others = plain.filter((server) => !redirects(server));
    const keyOf = ({ server, host }: ServedHost) => `${server.port} ${server.bind} ${host.name}`;
    for (const { later, earlier } of hostsServedTwice([...others, ...redirecting], keyOf, overlap)) {
      if (!redirects(later.server) || redirects(earlier.server)) continue;
      const { object, port } = later.server;
      const other = earlier.server.object;
      const params = { id: titleOf(object), other: titleOf(other), host: titleOfHost(later.host), port };
      const related = [{ message: 'served here without a redirect', at: other.at(earlier.host.pointer) }];
      report(object, { params, pointer: `${later.server.pointer}/tls/httpsRedirect`, related });
    }
  },
});

function redirects({ tls }: Server): boolean {
  return tls.httpsRedirect === true;
}

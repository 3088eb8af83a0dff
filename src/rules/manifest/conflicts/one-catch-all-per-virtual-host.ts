import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineMeshRule } from '../../manifest-rule.ts';
import { apartByAgeAlone, gatewayWords, sharedVirtualHosts } from './gateway-routes.ts';

/**
 * A virtual host of a gateway has one route for everything else: Istio puts all that take everything behind the others, in the order of
 * their creation, and the first of them wins (route.go SortVHostRoutes). Plain servers of one port are joined across Gateways of the same pods. Among intents: `no-overlapping-exposures`.
 */
export const oneCatchAllPerVirtualHost = defineMeshRule<{ id: string; other: string; host: string; gateways: string }>({
  code: 'MS5808',
  name: 'one-catch-all-per-virtual-host',
  severity: 'error',
  summary: ({ id, other, host, gateways }) =>
    `${id} and ${other} both take everything that is left of ${host === '*' ? 'all hosts' : host} on ${gateways}`,
  why: 'The older one gets all of it and the other nothing; which is older, git does not know.',
  fix: 'Keep one route without conditions for the host, and give the other a path, a header or a host of its own.',
  since: '0.1.0',
  reads: ['VirtualService', 'Gateway'],
  check(mesh, report) {
    const reported = new Set<string>();
    for (const { name, routes } of sharedVirtualHosts(mesh)) {
      const all = routes.filter(({ takesAll }) => takesAll);
      for (const [i, route] of all.entries()) {
        const other = all.slice(0, i).find((one) => apartByAgeAlone(one, route));
        if (other === undefined) continue;
        const key = `${titleOf(route.object)} ${gatewayWords(route, other)}`;
        if (reported.has(key)) continue;
        reported.add(key);
        const params = { id: titleOf(route.object), other: titleOf(other.object), host: name, gateways: gatewayWords(route, other) };
        report(route.object, {
          params,
          pointer: route.pointer,
          related: [{ message: 'the other route', at: other.object.at(other.pointer) }],
        });
      }
    }
  },
});

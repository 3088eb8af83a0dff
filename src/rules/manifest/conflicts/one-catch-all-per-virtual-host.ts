import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineMeshRule } from '../../manifest-rule.ts';
import { apartByAgeAlone, sharedVirtualHosts } from './gateway-routes.ts';

/**
 * A virtual host of a gateway has one route for everything else: Istio puts all that take everything behind the others, in the order of
 * their creation, and the first of them wins (route.go SortVHostRoutes). Among intents: `no-overlapping-exposures`.
 */
export const oneCatchAllPerVirtualHost = defineMeshRule<{ id: string; other: string; host: string; gateway: string }>({
  code: 'MS5808',
  name: 'one-catch-all-per-virtual-host',
  severity: 'error',
  summary: ({ id, other, host, gateway }) =>
    `${id} and ${other} both take everything that is left of ${host === '*' ? 'all hosts' : host} on the gateway ${gateway}`,
  why: 'The older one gets all of it and the other nothing; which is older, git does not know.',
  fix: 'Keep one route without conditions for the host, and give the other a path, a header or a host of its own.',
  since: '0.1.0',
  reads: ['VirtualService', 'Gateway'],
  check(mesh, report) {
    const reported = new Set<string>();
    for (const { gateway, name, routes } of sharedVirtualHosts(mesh)) {
      const all = routes.filter(({ takesAll }) => takesAll);
      for (const [i, route] of all.entries()) {
        const other = all.slice(0, i).find((one) => apartByAgeAlone(one, route));
        const key = `${titleOf(route.object)} ${gateway}`;
        if (other === undefined || reported.has(key)) continue;
        reported.add(key);
        const params = { id: titleOf(route.object), other: titleOf(other.object), host: name, gateway };
        report(route.object, {
          params,
          pointer: route.pointer,
          related: [{ message: 'the other route', at: other.object.at(other.pointer) }],
        });
      }
    }
  },
});

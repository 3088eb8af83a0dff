import { destinationsOf } from '../../../istio/virtual-service-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { isObject, listOr, objectOr, stableJson } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** Two shares of a route that lead to the same place are one share: usually the second was to name another subset (Kiali: KIA1105, which does not look at ports or headers). */
export const destinationOncePerRoute = defineObjectRule<{ id: string; destination: string }>({
  code: 'MS5818',
  name: 'destination-once-per-route',
  severity: 'warning',
  alias: 'KIA1105',
  summary: ({ id, destination }) => `a route of ${id} leads twice to ${destination}`,
  why: 'Both shares go to the same place, so the division that was meant does not happen.',
  fix: 'Name the other subset or host, or write one destination with the sum of both weights.',
  since: '0.1.0',
  reads: ['VirtualService'],
  check(object, report) {
    const first = new Map<string, string>();
    for (const { route, destination, pointer, as } of destinationsOf(object.spec)) {
      if (as === 'mirror') continue;
      const { host, subset, port } = destination;
      const entry = listOr(route.route.route)[Number(pointer.split('/').at(-2))];
      const place = [String(host), subset ?? null, objectOr(port).number ?? null, isObject(entry) ? (entry.headers ?? null) : null];
      const key = `${route.pointer} ${stableJson(place)}`;
      const twin = first.get(key);
      if (twin === undefined) first.set(key, pointer);
      else {
        const name = subset === undefined ? String(host) : `the subset \`${String(subset)}\` of ${String(host)}`;
        const related = [{ message: 'the first time', at: object.at(twin) }];
        report({ params: { id: titleOf(object), destination: name }, pointer, related });
      }
    }
  },
});

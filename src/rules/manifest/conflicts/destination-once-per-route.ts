import { asRead, routesOf } from '../../../istio/virtual-service-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { type JsonObject, listOr, objectOr, stableJson } from '../../../model/json.ts';
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
    for (const { route, pointer } of routesOf(object.spec)) {
      const entries = listOr(route.route).map(objectOr);
      const places = entries.length < 2 ? [] : entries.map(placeOf);
      for (const [i, place] of places.entries()) {
        const twin = places.indexOf(place);
        if (twin === i) continue;
        const { host, subset } = asRead(objectOr(entries[i]?.destination));
        const name = subset === undefined ? String(host) : `the subset \`${String(subset)}\` of ${String(host)}`;
        const related = [{ message: 'the first time', at: object.at(`${pointer}/route/${twin}/destination`) }];
        report({ params: { id: titleOf(object), destination: name }, pointer: `${pointer}/route/${i}/destination`, related });
      }
    }
  },
});

/** Headers of its own tell a share from another one to the same place. */
function placeOf({ destination, headers = null }: JsonObject): string {
  const { host, subset = null, port } = asRead(objectOr(destination));
  return stableJson([String(host), subset, objectOr(port).number ?? null, headers]);
}

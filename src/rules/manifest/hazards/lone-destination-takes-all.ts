import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { divisionsOf } from './shares.ts';

/** The weight of an only destination is not read: it gets everything, with 0 as well (Istio: route.go applyHTTPRouteDestination; Kiali's KIA1104 passes over 0). */
export const loneDestinationTakesAll = defineObjectRule<{ id: string; weight: number }>({
  code: 'MS5906',
  name: 'lone-destination-takes-all',
  severity: 'warning',
  alias: 'KIA1104',
  summary: ({ id, weight }) => `the only destination of a route of ${id} has the weight ${weight}, but gets all requests`,
  why: 'Istio divides among the destinations of one route; where there is only one, its weight is not read.',
  fix: 'Add the destination that gets the rest, or leave the weight out.',
  since: '0.1.0',
  reads: ['VirtualService'],
  check(object, report) {
    for (const { shares } of divisionsOf(object.spec)) {
      const [share] = shares;
      if (shares.length !== 1 || share?.weight === undefined || share.weight >= 100) continue;
      report({ params: { id: titleOf(object), weight: share.weight }, pointer: `${share.pointer}/weight` });
    }
  },
});

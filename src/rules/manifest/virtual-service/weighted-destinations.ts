import { routesOf } from '../../../istio/virtual-service-parts.ts';
import { type JsonObject, listOr, objectOr } from '../../../model/json.ts';
import type { Pointer } from '../../../model/pointer.ts';

/** The destinations among which a route divides its requests. */
export interface WeightedDestinations {
  /** As Istio reads them: a missing weight is 0. */
  readonly weights: readonly number[];
  /** In 32 bits, as Istio adds them. */
  readonly sum: number;
  /** '/http/0/route' */
  readonly pointer: Pointer;
}

/** Of each http, tls and tcp route that has destinations. */
export function weightedDestinations(spec: JsonObject): readonly WeightedDestinations[] {
  return routesOf(spec).flatMap(({ route, pointer }): readonly WeightedDestinations[] => {
    const weights = listOr(route.route).map((entry) => Number(objectOr(entry).weight ?? 0));
    return weights.length === 0
      ? []
      : [{ weights, sum: weights.reduce((sum, weight) => (sum + weight) | 0, 0), pointer: `${pointer}/route` }];
  });
}

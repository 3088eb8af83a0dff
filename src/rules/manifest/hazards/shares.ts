import { asRead, type RoutePart, routesOf } from '../../../istio/virtual-service-parts.ts';
import { isObject, type JsonObject, listOr, objectOr } from '../../../model/json.ts';

/** A destination among which a route divides its requests. */
export interface Share {
  readonly destination: JsonObject;
  /** '/http/0/route/1' */
  readonly pointer: string;
  /** As written; undefined where nothing is. */
  readonly weight?: number;
}

export interface Division {
  readonly route: RoutePart;
  readonly shares: readonly Share[];
}

const divisions = new WeakMap<JsonObject, readonly Division[]>();

/** Every route that leads to destinations. Several rules ask for the same. */
export function divisionsOf(spec: JsonObject): readonly Division[] {
  const known = divisions.get(spec) ?? readDivisions(spec);
  divisions.set(spec, known);
  return known;
}

function readDivisions(spec: JsonObject): readonly Division[] {
  return routesOf(spec).flatMap((route): readonly Division[] => {
    const shares = listOr(route.route.route).flatMap((entry, i): readonly Share[] => {
      if (!isObject(entry)) return [];
      const { weight, destination } = entry;
      return [
        {
          destination: asRead(objectOr(destination)),
          pointer: `${route.pointer}/route/${i}`,
          ...(typeof weight === 'number' ? { weight } : {}),
        },
      ];
    });
    return shares.length === 0 ? [] : [{ route, shares }];
  });
}

/** Those that get something: of several, an entry without a weight, or with 0, gets nothing. */
export function living(shares: readonly Share[]): readonly Share[] {
  return shares.length === 1 ? shares : shares.filter(({ weight }) => weight !== undefined && weight > 0);
}

export function sumOf(shares: readonly Share[]): number {
  return shares.reduce((sum, { weight = 0 }) => sum + weight, 0);
}

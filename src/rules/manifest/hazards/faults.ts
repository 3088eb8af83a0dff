import { type RoutePart, routesOf } from '../../../istio/virtual-service-parts.ts';
import { isObject, type JsonObject, objectOr } from '../../../model/json.ts';

/** An abort or a delay of a route. */
export interface Fault {
  readonly route: RoutePart;
  readonly kind: 'abort' | 'delay';
  readonly words: JsonObject;
  /** '/http/0/fault/abort' */
  readonly pointer: string;
  /** Of the requests: 0..100; undefined where nothing says, which Istio takes for 0. */
  readonly percent?: number;
}

export function faultsOf(spec: JsonObject): readonly Fault[] {
  return routesOf(spec, ['http']).flatMap((route) => {
    // What answers by itself has no fault (`fault-and-rewrite-need-destinations`).
    const fault = route.route.route === undefined ? {} : objectOr(route.route.fault);
    return (['abort', 'delay'] as const).flatMap((kind): readonly Fault[] => {
      const words = fault[kind];
      // Without a status or a length nothing happens, which `fault-says-what-happens` tells.
      if (!isObject(words) || !says(words, kind)) return [];
      const { value } = objectOr(words.percentage);
      // Istio still reads the old whole number of a delay.
      const percent = typeof value === 'number' ? value : kind === 'delay' && typeof words.percent === 'number' ? words.percent : undefined;
      return [{ route, kind, words, pointer: `${route.pointer}/fault/${kind}`, ...(percent === undefined ? {} : { percent }) }];
    });
  });
}

function says({ httpStatus, grpcStatus, fixedDelay }: JsonObject, kind: 'abort' | 'delay'): boolean {
  return kind === 'delay' ? fixedDelay !== undefined : httpStatus !== undefined || grpcStatus !== undefined;
}

import { type RoutePart, routesOf } from '../../../istio/virtual-service-parts.ts';
import { isObject, type JsonObject } from '../../../model/json.ts';
import { isDelegate } from './bindings.ts';

/** Http routes that leave everything to another VirtualService. */
export function delegatingRoutes(spec: JsonObject): readonly RoutePart[] {
  return isDelegate(spec) ? [] : routesOf(spec, ['http']).filter(({ route }) => isObject(route.delegate));
}

/** Http routes that say themselves what happens to a request. */
export function actingRoutes(spec: JsonObject): readonly RoutePart[] {
  const http = routesOf(spec, ['http']);
  return isDelegate(spec) ? http : http.filter(({ route }) => !isObject(route.delegate));
}

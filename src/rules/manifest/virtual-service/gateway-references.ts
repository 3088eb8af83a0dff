import { matchesOf, routesOf } from '../../../istio/virtual-service-parts.ts';
import { isObject, type Json, type JsonObject, listOr } from '../../../model/json.ts';
import type { Pointer } from '../../../model/pointer.ts';

/** A name in a list of gateways. */
export interface GatewayReference {
  readonly name: string;
  readonly pointer: Pointer;
  /** Whether Istio's validation looks at it: it returns after the first name without a slash (validation.go validateGatewayNames). */
  readonly read: boolean;
}

/** All gateways that a VirtualService names, for itself and in matches of its routes. */
export function gatewayReferences(spec: JsonObject): readonly GatewayReference[] {
  const inMatches = routesOf(spec)
    .filter(({ route }) => listOr(route.match).some((match) => isObject(match) && match.gateways !== undefined))
    .flatMap((part) => matchesOf(part).flatMap(({ match, pointer }) => referencesIn(match.gateways, `${pointer}/gateways`)));
  return [...referencesIn(spec.gateways, '/gateways'), ...inMatches];
}

function referencesIn(list: Json | undefined, pointer: Pointer): readonly GatewayReference[] {
  const names = listOr(list);
  if (names.length === 0) return [];
  const last = names.findIndex((name) => typeof name === 'string' && !name.includes('/'));
  return names.flatMap((name, i) =>
    typeof name === 'string' ? [{ name, pointer: `${pointer}/${i}`, read: last === -1 || i <= last }] : [],
  );
}

const label = /^[a-zA-Z0-9](?:[-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?$/;

/** `namespace/name`, or a name that would do as a host; `mesh` is one. */
export function isGatewayReference(text: string): boolean {
  const slash = text.indexOf('/');
  if (slash >= 0) return label.test(text.slice(0, slash)) && label.test(text.slice(slash + 1));
  const parts = (text.endsWith('.') ? text.slice(0, -1) : text).split('.');
  return text.length <= 255 && parts.every((part) => label.test(part)) && !isNumber(text.split('.').at(-1) ?? '');
}

/** The last part of a host is no number; an empty one stands behind a closing dot. */
function isNumber(part: string): boolean {
  return /^[0-9]+$/.test(part);
}

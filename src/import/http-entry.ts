import { isObject, type Json, type JsonObject, listOr, objectOr } from '../model/json.ts';
import type { Pointer } from '../model/pointer.ts';
import { type RouteField, routeFields } from '../model/words.ts';
import { isUnsaid, type Unsaid, unknownKey } from './unsaid.ts';

/** One destination of a route. */
export interface Leg {
  /** As it is written. */
  readonly host: string;
  /** Fully qualified. */
  readonly fqdn: string;
  readonly subset?: string;
  readonly port?: number;
  /** Undefined where none is written. */
  readonly weight?: number;
}

export type Fields = { readonly [field in RouteField]?: Json };

/** A route of a VirtualService's http list, as far as intents have words for such. */
export interface HttpEntry {
  readonly pointer: Pointer;
  readonly name?: string;
  /** Alternatives; none = every request. */
  readonly match: readonly JsonObject[];
  readonly legs: readonly Leg[];
  readonly answer?: { readonly word: 'redirect' | 'directResponse'; readonly value: Json };
  readonly fields: Fields;
}

const routeKeys = ['name', 'match', 'route', 'redirect', 'directResponse', ...routeFields];

export function readHttpEntries(list: Json | undefined, qualify: (host: string) => string): readonly HttpEntry[] | Unsaid {
  const entries: HttpEntry[] = [];
  for (const [i, route] of listOr(list).entries()) {
    const entry = readHttpEntry(objectOr(route), `/http/${i}`, qualify);
    if (isUnsaid(entry)) return entry;
    entries.push(entry);
  }
  return entries;
}

function readHttpEntry(route: JsonObject, pointer: Pointer, qualify: (host: string) => string): HttpEntry | Unsaid {
  const unknown = unknownKey(route, routeKeys, pointer);
  if (unknown !== undefined) return unknown;
  const legs = readLegs(route.route, `${pointer}/route`, qualify);
  if (isUnsaid(legs)) return legs;
  const word = (['redirect', 'directResponse'] as const).find((one) => route[one] !== undefined);
  const fields: { [field in RouteField]?: Json } = {};
  for (const field of routeFields) {
    const value = route[field];
    if (value !== undefined) fields[field] = value;
  }
  return {
    pointer,
    ...(typeof route.name === 'string' && route.name !== '' ? { name: route.name } : {}),
    match: listOr(route.match).map(objectOr),
    legs,
    ...(word === undefined ? {} : { answer: { word, value: route[word] ?? null } }),
    fields,
  };
}

/** The destinations of a route of any list. */
export function readLegs(list: Json | undefined, pointer: Pointer, qualify: (host: string) => string): readonly Leg[] | Unsaid {
  const legs: Leg[] = [];
  for (const [i, item] of listOr(list).entries()) {
    const { destination, weight, ...others } = objectOr(item);
    const { host, subset, port } = objectOr(destination);
    const unknown =
      unknownKey(others, [], `${pointer}/${i}`) ??
      unknownKey(objectOr(destination), ['host', 'subset', 'port'], `${pointer}/${i}/destination`);
    if (unknown !== undefined) return unknown;
    const { number } = objectOr(port);
    legs.push({
      host: String(host),
      fqdn: qualify(String(host)),
      ...(typeof subset === 'string' && subset !== '' ? { subset } : {}),
      ...(typeof number === 'number' ? { port: number } : {}),
      // One destination gets everything, whatever its weight.
      ...(typeof weight === 'number' && listOr(list).length > 1 ? { weight } : {}),
    });
  }
  return legs;
}

/** A list whose last route takes what is left says so in its shortest form: alternatives of which one always holds ask nothing. */
export function withOpenEnd(entries: readonly HttpEntry[]): readonly HttpEntry[] {
  const last = entries.at(-1);
  return last?.match.some(isEverything) === true ? [...entries.slice(0, -1), { ...last, match: [] }] : entries;
}

/** `{}`, or paths that begin with '/', as all do. */
function isEverything(match: JsonObject): boolean {
  const { name: _name, uri, ...others } = match;
  if (Object.keys(others).length > 0) return false;
  return uri === undefined || (isObject(uri) && uri.prefix === '/');
}

import { readRe2 } from '../istio/re2.ts';
import { routesOf } from '../istio/virtual-service-parts.ts';
import { type MeshObject, titleOf } from '../mesh/mesh-object.ts';
import { isObject, type Json, type JsonObject, listOr, objectOr, sameJson } from '../model/json.ts';
import type { ValidatorCase, ValidatorInput } from './routing-case.ts';

/** The route that istio-config-validator takes a request to have, and what it left out to get there. */
export interface ValidatorRoute {
  readonly route: JsonObject;
  readonly manifest?: string;
  readonly pointer?: string;
  /** Of the VirtualService and the match that it took: what it does not read. */
  readonly unread: readonly string[];
}

/**
 * As its unit.go and match_request.go choose: the VirtualServices in the order of the files, hosts by their exact texts, of a match only
 * authority, uri, method and headers, regexes between '^' and '$'; without a route an empty one.
 */
export function validatorRoute(input: ValidatorInput, virtualServices: readonly MeshObject[]): ValidatorRoute {
  for (const object of virtualServices) {
    const { spec } = object;
    if (!listOr(spec.hosts).includes(input.authority)) continue;
    for (const { route, pointer } of routesOf(spec, ['http'])) {
      const matches = listOr(route.match).map(objectOr);
      const taken = matches.length === 0 ? {} : matches.find((match) => takes(match, input));
      if (taken === undefined) continue;
      const unread = ['scheme', 'port', 'queryParams', 'withoutHeaders', 'ignoreUriCase', 'sourceLabels', 'sourceNamespace', 'gateways'];
      return { route, manifest: titleOf(object), pointer, unread: unread.filter((key) => taken[key] !== undefined) };
    }
  }
  return { route: {}, unread: [] };
}

function takes({ authority, uri, method, headers }: JsonObject, input: ValidatorInput): boolean {
  return (
    textFits(authority, input.authority) &&
    textFits(uri, input.path) &&
    textFits(method, input.method) &&
    Object.entries(objectOr(headers)).every(([name, condition]) => {
      const value = input.headers[name];
      return value !== undefined && textFits(condition, value);
    })
  );
}

function textFits(condition: Json | undefined, text: string): boolean {
  const { exact, prefix, regex } = objectOr(condition);
  if (typeof exact === 'string') return text === exact;
  if (typeof prefix === 'string') return text.startsWith(prefix);
  if (typeof regex !== 'string') return true;
  // '^a|b$' is 'begins with a, or ends with b'.
  const reading = readRe2(`(?s:.*?)(?:^${regex}$)(?s:.*)`);
  return reading.kind === 'read' && reading.re2.matches(text);
}

/** Whether the case passes there: every comparison made must be as `wantMatch` says. */
export function validatorPasses(
  { asserted, wantMatch }: ValidatorCase,
  { route }: ValidatorRoute,
  virtualServices: readonly MeshObject[],
): boolean {
  return Object.entries(asserted).every(([key, wanted]) => {
    const own = key === 'route' && asserted.delegate !== undefined ? delegatesRoute(route, virtualServices) : route[key];
    return sameJson(plain(wanted), plain(own ?? (key === 'route' ? [] : {}))) === wantMatch;
  });
}

function delegatesRoute({ delegate }: JsonObject, virtualServices: readonly MeshObject[]): Json | undefined {
  const { name, namespace } = objectOr(delegate);
  const leaf = virtualServices.find((one) => one.name === name && (namespace === undefined || one.namespace === namespace));
  return leaf === undefined ? undefined : routesOf(leaf.spec, ['http'])[0]?.route.route;
}

/** Messages without what counts as absent there: numbers that are 0. */
function plain(value: Json): Json {
  if (Array.isArray(value)) return value.map(plain);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, part]): readonly [string, Json][] => (part === 0 ? [] : [[key, plain(part)]])),
  );
}

import { isObject, type Json, type JsonObject, listOr, objectOr } from '../../src/model/json.ts';
import type { MeshRequest } from '../../src/model/routing.ts';
import { matchRequest } from '../../src/simulate/match-request.ts';

/** What of a VirtualService Istio calls unused: a route, or one match of it. */
interface Unused {
  readonly route: number;
  readonly match?: number;
}

/**
 * A request that proves a warning of Istio's wrong: it takes the HTTP route, by the match, that the warning calls unused. Undefined where
 * the warning is of something else, or none is found; that none is found proves nothing.
 */
export function provenFalse(object: JsonObject, warning: string, minor: number): string | undefined {
  const routes = listOr(objectOr(object.spec).http).map(objectOr);
  const unused = readWarning(routes, warning);
  if (unused === undefined) return undefined;
  const matches = listOr(routes[unused.route]?.match).map(objectOr);
  const wanted = unused.match === undefined ? matches.map((_, index) => index) : [unused.match];
  for (const match of wanted) {
    const request = candidatesFor(matches[match] ?? {}).find((one) => takes(routes, one, minor, { route: unused.route, match }));
    if (request !== undefined) return describe(request, matches[match] ?? {});
  }
  return undefined;
}

/** `virtualService rule #1 match "a" is not used (duplicate/overlapping match in rule #0)`: routes and matches by number or by name. */
function readWarning(routes: readonly JsonObject[], warning: string): Unused | undefined {
  const [, rule, match] = /^virtualService rule ("[^"]*"|#\d+)(?: match ("[^"]*"|#\d+))?/.exec(warning) ?? [];
  const route = indexOf(routes, rule);
  if (route === undefined || warning.includes('only the last rule') || warning.includes('route without matches')) return undefined;
  const index = indexOf(listOr(routes[route]?.match).map(objectOr), match);
  return match === undefined ? { route } : index === undefined ? undefined : { route, match: index };
}

function indexOf(list: readonly JsonObject[], word: string | undefined): number | undefined {
  if (word === undefined) return undefined;
  const index = word.startsWith('#') ? Number(word.slice(1)) : list.findIndex(({ name }) => JSON.stringify(name) === word);
  return index >= 0 && index < list.length ? index : undefined;
}

interface Candidate {
  readonly request: MeshRequest;
  readonly gateway: string;
}

function takes(routes: readonly JsonObject[], { request, gateway }: Candidate, minor: number, { route, match }: Required<Unused>): boolean {
  for (const [index, one] of routes.entries()) {
    const matches = listOr(one.match).map(objectOr);
    const hit = matches.length === 0 ? 0 : matches.findIndex((each) => holds(each, request, gateway, minor));
    if (hit >= 0) return index === route && (matches.length === 0 || hit === match);
  }
  return false;
}

function holds(match: JsonObject, request: MeshRequest, gateway: string, minor: number): boolean {
  const { port, gateways, sourceLabels, sourceNamespace } = match;
  if (port !== undefined && port !== request.port) return false;
  const bound = listOr(gateways);
  if (bound.length > 0 && !bound.includes(gateway)) return false;
  // With gateways named, Istio does not look at the source.
  if (bound.length === 0) {
    if (typeof sourceNamespace === 'string' && sourceNamespace !== '' && sourceNamespace !== request.source.namespace) return false;
    if (Object.entries(objectOr(sourceLabels)).some(([key, value]) => request.source.labels[key] !== value)) return false;
  }
  return matchRequest(match, request, minor).holds;
}

/** Requests that fulfil a match and little more; what it leaves open is tried in a few ways. */
function candidatesFor(match: JsonObject): readonly Candidate[] {
  const paths = valuesFor(match.uri, ['/', '/elsewhere']);
  const methods = valuesFor(match.method, ['GET', 'PURGE']);
  const schemes = valuesFor(match.scheme, ['http', 'https']).filter((scheme) => scheme === 'http' || scheme === 'https');
  const authorities = valuesFor(match.authority, ['host.example']);
  const headers = Object.fromEntries(Object.entries(fulfilled(match.headers)).map(([name, value]) => [name.toLowerCase(), value]));
  const query = fulfilled(match.queryParams);
  const labels = Object.fromEntries(Object.entries(objectOr(match.sourceLabels)).map(([key, value]) => [key, String(value)]));
  const namespace = typeof match.sourceNamespace === 'string' ? match.sourceNamespace : 'elsewhere';
  const gateway = String(listOr(match.gateways)[0] ?? 'some-gateway');
  const port = typeof match.port === 'number' ? match.port : 12_345;
  return paths.flatMap((path) =>
    methods.flatMap((method) =>
      schemes.flatMap((scheme) =>
        authorities.map((authority) => ({
          gateway,
          request: {
            protocol: 'http',
            host: authority,
            authority,
            port,
            source: { namespace, labels },
            method,
            scheme,
            path,
            query,
            headers,
          },
        })),
      ),
    ),
  );
}

function valuesFor(condition: Json | undefined, open: readonly string[]): readonly string[] {
  if (!isObject(condition)) return open;
  const { exact, prefix, regex } = condition;
  if (typeof exact === 'string') return [exact];
  if (typeof prefix === 'string') return [prefix, `${prefix}x`, `${prefix}/elsewhere`];
  if (typeof regex === 'string') return [regex.replaceAll(/[\^$]/g, '').replaceAll(/\.[*+]/g, 'x'), '/', 'x', 'en', '7'];
  return open;
}

function fulfilled(conditions: Json | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(objectOr(conditions)).map(([name, condition]) => [name, valuesFor(condition, ['x']).at(-1) ?? 'x']),
  );
}

function describe({ request, gateway }: Candidate, match: JsonObject): string {
  const { method, scheme, authority, path, port, headers, query, source } = request;
  const asked = new URLSearchParams(query).toString();
  const words = [
    `${method} ${scheme}://${authority}${path}${asked === '' ? '' : `?${asked}`}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(match.port === undefined ? [] : [`on port ${port}`]),
    ...(match.gateways === undefined ? [] : [`by ${gateway}`]),
    ...Object.entries(source.labels).map(([key, value]) => `from ${key}=${value}`),
  ];
  return words.join(', ');
}

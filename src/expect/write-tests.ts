import { matchesOf, type RoutePart, routesOf } from '../istio/virtual-service-parts.ts';
import { type MeshObject, titleOf } from '../mesh/mesh-object.ts';
import { type JsonObject, listOr, objectOr } from '../model/json.ts';
import { listWords } from '../model/names.ts';
import type { MeshRequest, RouteDecision } from '../model/routing.ts';
import { findRequest } from '../requests/find-request.ts';
import { httpCondition } from '../requests/http-condition.ts';
import type { Condition } from '../requests/literal.ts';
import { mirrorsOf } from './decision-words.ts';
import { type Oracle, routeTitle } from './judge-cases.ts';
import { multiplied } from './multiply.ts';

/** Tests of one VirtualService as a test file holds them, and the routes that no request was found for. */
export interface WrittenTests {
  readonly tests: readonly JsonObject[];
  readonly left: readonly string[];
}

export interface Entrance {
  /** As `via` names it; absent = from a pod of the mesh. */
  readonly via?: string;
  /** Of the calling pod. */
  readonly from: string;
}

/** One test for each route that a request is found for, of what becomes of that request today. */
export function writtenTests(
  object: MeshObject,
  entrances: readonly Entrance[],
  minor: number,
  home: string,
  oracle: Oracle,
): WrittenTests {
  const tests: JsonObject[] = [];
  const left: string[] = [];
  const hosts = listOr(object.spec.hosts)
    .map(String)
    .filter((host) => host !== '*');
  const [host = 'example.com'] = hosts.map((one) => one.replace(/^\*/, 'www'));
  for (const part of routesOf(object.spec, ['http', 'tls', 'tcp'])) {
    if (part.route.delegate !== undefined) continue;
    const found = entrances
      .map((entrance) => witnessed(object, part, host, entrance, { minor, home }, oracle))
      .find((one) => one !== undefined);
    if (found === undefined)
      left.push(`${routeTitle({ manifest: titleOf(object), pointer: part.pointer })}${hindrance(host, entrances, oracle)}`);
    else tests.push(found);
  }
  return { tests, left };
}

/** Why nothing can be asked at all: a gateway that is not shown. */
function hindrance(host: string, entrances: readonly Entrance[], { read }: Oracle): string {
  const faults = entrances.flatMap((entrance) => {
    const reading = read({ url: `http://${host}/`, ...entrance });
    return 'what' in reading ? [reading.what] : [];
  });
  return faults.length === entrances.length ? ` (${faults.join('; ')})` : '';
}

interface Witness {
  readonly request: MeshRequest;
  readonly decision: RouteDecision;
  readonly entrance: Entrance;
}

/** The test of a route by one entrance; undefined where no request is found that takes it, or none that words can say. */
function witnessed(
  object: MeshObject,
  part: RoutePart,
  host: string,
  entrance: Entrance,
  { minor, home }: { readonly minor: number; readonly home: string },
  oracle: Oracle,
): JsonObject | undefined {
  const ways = entrance.via === undefined ? {} : { via: entrance.via };
  const sni = part.list === 'tls' ? sniOf(part, host) : undefined;
  const plains = portsOf(part)
    .flatMap((port) => [`http://${host}${port}/`, `https://${host}${port}/`])
    .map((url) =>
      oracle.read({
        url,
        from: entrance.from,
        ...ways,
        ...(sni === undefined ? {} : { sni }),
        ...(part.list === 'tcp' ? { tcp: true } : {}),
      }),
    )
    .flatMap((one) => ('what' in one ? [] : [one.request]));
  const takes = ({ route, kind, destinations }: RouteDecision): boolean =>
    // A route without any destination is nothing that a test could ask for.
    route?.manifest === titleOf(object) && route.pointer === part.pointer && (kind !== 'route' || destinations.length > 0);
  for (const plain of plains) {
    for (const request of part.list === 'http' ? fittingRequests(object, part, plain, minor) : [plain]) {
      const decision = oracle.decide(request);
      if (!takes(decision)) continue;
      const test = testOf(object, part, { request, decision, entrance }, home);
      const [words] = multiplied(objectOr(test.request));
      const again = words === undefined ? undefined : oracle.read(words);
      if (again !== undefined && 'request' in again && takes(oracle.decide(again.request))) return test;
    }
  }
  return undefined;
}

/** ':9080' for each port that the route itself names; '' where it is for any, and the host's own is meant. */
function portsOf(part: RoutePart): readonly string[] {
  const asked = matchesOf(part).flatMap(({ match }) => match.port ?? []);
  const led = listOr(part.route.route).flatMap((one) => objectOr(objectOr(objectOr(one).destination).port).number ?? []);
  return asked.length > 0 ? [...new Set(asked)].map((port) => `:${String(port)}`) : ['', ...new Set(led.map((port) => `:${String(port)}`))];
}

function sniOf(part: RoutePart, host: string): string {
  const [name] = matchesOf(part).flatMap(({ match }) => listOr(match.sniHosts).map(String));
  return (name ?? host).replace(/^\*/, 'www');
}

/** For each alternative a request that no earlier route takes. */
function fittingRequests(object: MeshObject, part: RoutePart, plain: MeshRequest, minor: number): readonly MeshRequest[] {
  const reading = { minor, namespace: object.namespace };
  const conditions = (one: RoutePart): readonly Condition[] => {
    const matches = matchesOf(one);
    return matches.length === 0 ? [[]] : matches.map(({ match }) => httpCondition(match, reading));
  };
  const before = routesOf(object.spec, ['http'])
    .filter(({ index }) => index < part.index)
    .flatMap(conditions);
  return conditions(part).flatMap((condition) => {
    const search = findRequest(condition, { outside: before, plain });
    return search.kind === 'found' ? [search.request] : [];
  });
}

function testOf(object: MeshObject, part: RoutePart, { request, decision, entrance }: Witness, home: string): JsonObject {
  const { host, port, path, query, method, headers, protocol, scheme, source, claims = {} } = request;
  const search = new URLSearchParams(query).toString();
  const labels = Object.entries(source.labels).map(([name, value]) => `${name}=${value}`);
  const isUsual = protocol === 'http' && port === (scheme === 'https' ? 443 : 80);
  const address = `${host}${isUsual ? '' : `:${port}`}`;
  const url = protocol === 'http' ? `${scheme}://${address}${path}${search === '' ? '' : `?${search}`}` : address;
  const from = `${source.namespace}${labels.length === 0 ? '' : `/${labels.join(',')}`}`;
  return {
    name: nameOf(object, part, request),
    request: {
      url,
      ...(method === 'GET' ? {} : { method }),
      ...(Object.keys(headers).length === 0 ? {} : { headers }),
      ...(Object.keys(claims).length === 0 ? {} : { claims }),
      ...(protocol === 'tls' ? { sni: host } : {}),
      ...(protocol === 'tcp' ? { tcp: true } : {}),
      ...(entrance.via !== undefined ? { via: entrance.via } : from === home ? {} : { from }),
    },
    expect: expectationOf(decision),
  };
}

function nameOf(object: MeshObject, { route }: RoutePart, { headers, path, gateway }: MeshRequest): string {
  const named = typeof route.name === 'string' && route.name !== '' ? ` ${route.name}` : '';
  const what = [...(path === '/' ? [] : [path]), ...Object.entries(headers).map(([key, value]) => `${key}: ${value}`)];
  const like = what.length > 0 ? listWords(what) : listOr(route.match).length === 0 ? 'anything else' : 'any request';
  return `${object.name}${named}${gateway === undefined ? '' : ` by ${gateway.split('/').at(-1) ?? gateway}`}: ${like}`;
}

/** All that a test can say of a decision. */
export function expectationOf(decision: RouteDecision): JsonObject {
  const { kind, destinations, redirect, directResponse, failure, onTheWay } = decision;
  const { timeout, retries, rewrite, headers, fault } = onTheWay;
  const mirrors = mirrorsOf(onTheWay);
  const [mirror] = mirrors;
  const failures = destinations.flatMap((one) => one.failure ?? []);
  const status = failure ?? (failures.length === destinations.length ? failures[0] : undefined);
  return {
    ...(kind === 'route' ? { to: toOf(destinations) } : {}),
    ...(kind === 'passthrough' ? { passthrough: true } : {}),
    ...(redirect === undefined ? {} : { redirect }),
    ...(directResponse === undefined ? {} : { directResponse }),
    ...(status === undefined ? {} : { failure: status.status ?? status.flag }),
    ...(timeout === undefined ? {} : { timeout }),
    ...(retries === undefined ? {} : { retries }),
    ...(rewrite === undefined ? {} : { rewrite }),
    ...(headers === undefined ? {} : { headers }),
    ...(fault === undefined ? {} : { fault }),
    ...(mirror === undefined ? {} : { mirror }),
  };
}

function toOf(destinations: RouteDecision['destinations']): string | JsonObject | readonly JsonObject[] {
  const isOneHost = new Set(destinations.map(({ host, port }) => `${host}:${port}`)).size === 1;
  const named = destinations.flatMap(({ subset, percent }) => (subset === undefined ? [] : [[subset, round(percent)] as const]));
  if (isOneHost && named.length === destinations.length && new Set(named.map(([subset]) => subset)).size === named.length) {
    const [only, ...more] = named;
    return only !== undefined && more.length === 0 ? only[0] : Object.fromEntries(named);
  }
  const all = destinations.map(({ host, subset, port, percent }) => ({
    host,
    ...(subset === undefined ? {} : { subset }),
    port,
    ...(percent === 100 ? {} : { share: round(percent) }),
  }));
  const [first, ...others] = all;
  return first !== undefined && others.length === 0 ? first : all;
}

function round(percent: number): number {
  return Number(percent.toFixed(2));
}

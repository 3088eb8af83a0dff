import { hostWithin } from '../istio/host.ts';
import { httpRoutesInForce } from '../mesh/delegated-routes.ts';
import type { Mesh } from '../mesh/mesh.ts';
import { type MeshObject, titleOf } from '../mesh/mesh-object.ts';
import { isSeenFrom } from '../mesh/visibility.ts';
import { isObject, type Json, type JsonObject, listOr, objectOr } from '../model/json.ts';
import { slotAt } from '../model/manifest.ts';
import type { Pointer } from '../model/pointer.ts';
import type {
  ReadAnswer,
  ReadBack,
  ReadDestination,
  ReadObject,
  ReadPoint,
  ReadRoute,
  ReadRoutes,
  ReadSource,
  ReadWhole,
} from '../model/read-back.ts';
import { rememberedFor } from '../model/remembered-for.ts';
import type { RouteDecision } from '../model/routing.ts';
import { decideAtGateway } from './decide-at-gateway.ts';
import { decideInMesh } from './decide-in-mesh.ts';
import { isCatchAll } from './match-request.ts';
import type { MeshProxy } from './mesh-proxy.ts';
import { type DestinationSight, routeDestinations, wholeHost } from './route-destinations.ts';
import { inIstiosOrder } from './sidecar-scope.ts';
import { type Sources, sourcesOf } from './sources.ts';
import { httpRefusal } from './static-conditions.ts';
import { effectivePolicy, mergeRules, rulesInForce } from './traffic-policy.ts';

/**
 * Manifests read back by Istio's rules: every route with what it does, without a request in hand. Conditions on the caller's labels and
 * namespace stay in the matches, as conditions like others; those on port and gateway are decided here.
 */
export function readBack(mesh: Mesh): ReadBack {
  const sources = sourcesOf(mesh);
  return {
    http: (at) => (at.gateway === undefined ? httpInMesh(at, sources) : httpAtGateway(at, at.gateway, sources)),
    connection: (request) =>
      connectionAnswer(request.gateway === undefined ? decideInMesh(request, sources) : decideAtGateway(request, sources)),
    destination: (host, subset, port, client) => destinationOf(host, subset, port, client, sources),
    entry: (host) => {
      const object = mesh.hosts.named(host).find((one) => one.object !== undefined)?.object;
      return object === undefined ? undefined : readObject(object);
    },
    gateway: (id) => {
      const answer = mesh.gateways.find(id, '');
      return answer.known === 'yes' && answer.gateway.object !== undefined ? readObject(answer.gateway.object) : undefined;
    },
  };
}

/** An object of Istio's as it stands; the same one for the same object. */
export const readWhole = rememberedFor((object: MeshObject): ReadWhole => {
  const { kind, namespace, manifest } = object;
  return { ...readObject(object), kind, namespace, metadata: objectOr(manifest.body.metadata) };
});

const notFound: ReadAnswer = { kind: 'failure', destinations: [], copies: [], words: {}, failure: 'no route (404)' };

/** The first VirtualService for the host that has routes for the port decides alone. */
function httpInMesh({ host, port, namespace }: ReadPoint, sources: Sources): ReadRoutes {
  const { mesh, rules, index, scopeOf } = sources;
  const source = { namespace, labels: {} };
  const scope = scopeOf(source, port);
  const proxy: MeshProxy = { kind: 'sidecar', source };
  const sight: DestinationSight = { mesh, rules, proxy, port, seesHost: scope.seesHost };
  const bound = index.forHost(host).filter(({ object }) => scope.seesVirtualService(object));
  for (const { object } of bound.length < 2 ? bound : inIstiosOrder(bound, namespace, mesh.environment.mesh.exportTo)) {
    const routes = readRoutes(object, sight);
    if (routes.length > 0) return { routes, otherwise: notFound, served: true };
  }
  const { destinations } = wholeHost(host, sight);
  return { routes: [], otherwise: { kind: 'route', destinations, copies: [], words: {} }, served: true };
}

/** The asked VirtualServices of a gateway that have the host, with every catch-all at the end (route.go SortVHostRoutes). */
function httpAtGateway({ host, port, namespace, counts }: ReadPoint, id: string, sources: Sources): ReadRoutes {
  const { mesh, rules, index } = sources;
  const answer = mesh.gateways.find(id, namespace);
  if (answer.known !== 'yes') return { routes: [], otherwise: notFound, served: false };
  const { gateway } = answer;
  const [pod] = mesh.gateways.podsOf(gateway);
  const home = pod?.namespace ?? gateway.namespace;
  const proxy: MeshProxy = { kind: 'gateway', gateway, namespace: home, labels: {} };
  const sight: DestinationSight = { mesh, rules, proxy, port, seesHost: (one) => isSeenFrom(one.audience, home) };
  const wanted = host.toLowerCase();
  const objects = index.atGateway(id, host).filter((object) => counts?.(titleOf(object)) !== false);
  const routes = objects.flatMap((object) => readRoutes(object, sight));
  const served =
    gateway.servers === undefined ||
    gateway.servers.some(
      ({ number, list, hosts }) =>
        number === port && list === 'http' && hosts.some((one) => admits(one, gateway.namespace, namespace, wanted)),
    );
  const sorted =
    objects.length < 2 ? routes : [...routes.filter(({ match }) => !isCatchAll(match)), ...routes.filter(({ match }) => isCatchAll(match))];
  return { routes: sorted, otherwise: notFound, served };
}

function admits(written: string, home: string, namespace: string, host: string): boolean {
  const [space, name] = written.includes('/') ? written.split('/') : ['*', written];
  if (space !== '*' && (space === '.' ? home : space) !== namespace) return false;
  return hostWithin(host, name ?? '') || hostWithin(name ?? '', host);
}

function readRoutes(object: MeshObject, sight: DestinationSight): readonly ReadRoute[] {
  const read: ReadRoute[] = [];
  for (const { object: owner, pointer, route, matches } of httpRoutesInForce(object, sight.mesh).routes) {
    let answer: ReadAnswer | undefined;
    for (const { match, pointer: place } of matches.length === 0 ? [{ match: {}, pointer }] : matches) {
      const open = withoutSource(match);
      if (httpRefusal(open, owner.namespace, sight.proxy, sight.port) !== undefined) continue;
      answer ??= answerOf(route, owner.namespace, sight);
      read.push({
        match: withoutDecided(match),
        answer,
        source: (word) => sourceIn(owner, word === 'match' ? place : word === 'list' ? '/http' : `${pointer}/${word}`),
      });
    }
  }
  return read;
}

function withoutSource(match: JsonObject): JsonObject {
  if (match.sourceLabels === undefined && match.sourceNamespace === undefined) return match;
  const { sourceLabels: _labels, sourceNamespace: _namespace, ...rest } = match;
  return rest;
}

/** Where `gateways` are given, the caller's labels and namespace do not count (route.go sourceMatchHTTP). */
function withoutDecided(match: JsonObject): JsonObject {
  const { port: _port, gateways, name: _name, statPrefix: _stat, ...rest } = match;
  return listOr(gateways).length > 0 ? withoutSource(rest) : rest;
}

/** Redirect goes before a direct answer, that before destinations (route.go TranslateRoute). */
function answerOf(route: JsonObject, home: string, sight: DestinationSight): ReadAnswer {
  const { redirect, directResponse, rewrite, timeout, retries, fault, corsPolicy, headers } = route;
  const copies = copiesOf(route, home, sight);
  const entries = listOr(route.route);
  const words = { rewrite, timeout, retries, fault, corsPolicy, headers };
  if (isObject(redirect)) return { kind: 'redirect', destinations: [], copies, words: { ...words, redirect } };
  if (isObject(directResponse)) return { kind: 'direct-response', destinations: [], copies, words: { ...words, directResponse } };
  return { kind: 'route', destinations: routeDestinations(entries, home, sight).destinations, copies, words };
}

/** Envoy copies to `mirrors`, or else to `mirror` (route.go TranslateRoute). */
function copiesOf({ mirror, mirrorPercentage, mirrors }: JsonObject, home: string, sight: DestinationSight): ReadAnswer['copies'] {
  const all: readonly JsonObject[] =
    listOr(mirrors).length > 0
      ? listOr(mirrors).map(objectOr)
      : isObject(mirror)
        ? [{ destination: mirror, ...(mirrorPercentage === undefined ? {} : { percentage: mirrorPercentage }) }]
        : [];
  return all.flatMap(({ destination, percentage }) =>
    routeDestinations([{ destination: destination ?? {} }], home, sight).destinations.map(({ host, subset, port }) => ({
      host,
      ...(subset === undefined ? {} : { subset }),
      port,
      percent: percentOf(percentage),
    })),
  );
}

function percentOf(percentage: Json | undefined): number {
  const { value } = objectOr(percentage);
  return typeof value === 'number' ? value : 100;
}

function connectionAnswer({ kind, destinations, failure }: RouteDecision): ReadAnswer {
  return { kind, destinations, copies: [], words: {}, ...(failure === undefined ? {} : { failure: failure.reason }) };
}

function destinationOf(host: string, subset: string | undefined, port: number, client: string, { mesh, rules }: Sources): ReadDestination {
  const owners = [...new Set(mesh.hosts.named(host).map(({ namespace }) => namespace))];
  // A rule with a workloadSelector is for some pods; nothing is known of these.
  const merged = mergeRules(rulesInForce(rules.find(host, owners, client)?.rules ?? [], {}, mesh.environment.istio.minor).rules);
  const found = subset === undefined ? undefined : merged.subsets.get(subset);
  const [rule] = merged.rules;
  const index = listOr(rule?.spec.subsets).findIndex((one) => objectOr(one).name === subset);
  return {
    ...(subset === undefined ? { labels: {} } : found === undefined ? {} : { labels: objectOr(found.labels) }),
    policy: effectivePolicy(merged, port, subset),
    sourceOf: (pointer) => (rule === undefined ? undefined : sourceIn(rule, pointer)),
    pointer: subset === undefined ? '' : index === -1 ? '/subsets' : `/subsets/${index}`,
  };
}

function readObject(object: MeshObject): ReadObject {
  return { title: titleOf(object), spec: object.spec, sourceOf: (pointer) => sourceIn(object, pointer) };
}

function sourceIn(object: MeshObject, pointer: Pointer): ReadSource {
  const slot = slotAt(object.manifest.provenance, `/spec${pointer}`);
  const intent = object.at(pointer);
  return {
    manifest: titleOf(object),
    ...(intent === undefined ? {} : { intent }),
    ...(slot === undefined ? {} : { template: { file: slot.template, line: slot.line } }),
  };
}

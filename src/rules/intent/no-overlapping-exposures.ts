import { intersectMatch } from '../../istio/intersect-match.ts';
import { hostsOverlap, qualifiedGateway } from '../../istio/names.ts';
import type { JsonObject } from '../../model/json.ts';
import { isObject } from '../../model/json.ts';
import type { ResolvedIntent, ResolvedVirtualService } from '../../model/resolved.ts';
import { defineRule } from '../rule.ts';
import type { IntentSubject } from '../subjects.ts';

interface Bound {
  readonly intent: ResolvedIntent;
  readonly routes: ResolvedVirtualService;
  readonly host: string;
}

/**
 * Two VirtualServices on one gateway host are appended in the order of their creation (Istio: gateway.go,
 * VirtualServicesForGateway), which git does not know. So no request may be taken by both.
 */
export const noOverlappingExposures = defineRule({
  code: 'MS3004',
  name: 'no-overlapping-exposures',
  severity: 'error',
  summary: ({ gateway, first, second, request }: { gateway: string; first: string; second: string; request: string }) =>
    `on the gateway ${gateway} both ${first} and ${second} take ${request}`,
  why: 'Istio tries the routes of several VirtualServices on one host in the order of their creation, so who answers would depend on which was applied first.',
  fix: 'Give each service its own host or paths, or list the services in order under `hosts:` of the gateway.',
  since: '0.1.0',
  check({ environment, resolved }: IntentSubject, report) {
    for (const [gateway, bound] of byGateway(resolved, environment.namespace)) {
      for (const [a, b] of overlappingPairs(bound)) {
        const request = sharedRequest(a, b);
        if (request === undefined) continue;
        const related = a.intent.owner.origin.at === undefined ? [] : [{ message: 'the other service', at: a.intent.owner.origin.at }];
        report({
          params: { gateway, first: a.intent.intent.name, second: b.intent.intent.name, request },
          at: b.routes.gateways[0]?.origin.at ?? b.intent.owner.origin.at,
          related,
        });
      }
    }
  },
});

function byGateway(resolved: readonly ResolvedIntent[], namespace: string | undefined): ReadonlyMap<string, readonly Bound[]> {
  const groups = new Map<string, Bound[]>();
  for (const intent of resolved) {
    for (const routes of intent.virtualServices) {
      for (const gateway of routes.gateways.filter(({ value }) => value !== 'mesh')) {
        const key = qualifiedGateway(gateway.value, routes.namespace?.value ?? namespace);
        const bound = routes.hosts.map((host) => ({ intent, routes, host: host.value }));
        groups.set(key, [...(groups.get(key) ?? []), ...bound]);
      }
    }
  }
  return groups;
}

/** Pairs of different VirtualServices whose hosts meet: equal hosts by a map, wildcards against all. */
function overlappingPairs(bound: readonly Bound[]): readonly (readonly [Bound, Bound])[] {
  const pairs: [Bound, Bound][] = [];
  const exact = new Map<string, Bound[]>();
  const wildcards: Bound[] = [];
  for (const one of bound) {
    const others = one.host.startsWith('*') ? bound.slice(0, bound.indexOf(one)) : [...(exact.get(one.host) ?? []), ...wildcards];
    for (const other of others) if (other.routes !== one.routes && hostsOverlap(other.host, one.host)) pairs.push([other, one]);
    if (one.host.startsWith('*')) wildcards.push(one);
    else exact.set(one.host, [...(exact.get(one.host) ?? []), one]);
  }
  return pairs;
}

/** A request that both would take; patterns that can't be decided count as able to meet. */
function sharedRequest(a: Bound, b: Bound): string | undefined {
  const host = a.host.startsWith('*') ? b.host : a.host;
  if (a.routes.tcp.length > 0 && b.routes.tcp.length > 0) return sharedTcpPort(a, b);
  for (const x of alternatives(a)) {
    for (const y of alternatives(b)) {
      const met = intersectMatch(x, y);
      if (met.kind !== 'impossible')
        return `${method(met.kind === 'match' ? met.match : {})} ${host.replace(/^\*\.?/, 'any.')}${path(met.kind === 'match' ? met.match : x)}`;
    }
  }
  return undefined;
}

function sharedTcpPort(a: Bound, b: Bound): string | undefined {
  const ports = new Set(a.routes.tcp.flatMap((route) => route.match.map(({ value }) => value.port)));
  const shared = b.routes.tcp.flatMap((route) => route.match.map(({ value }) => value.port)).find((port) => ports.has(port));
  return shared === undefined ? undefined : `connections to port ${String(shared)}`;
}

function alternatives({ routes }: Bound): readonly JsonObject[] {
  return routes.http.flatMap((route) => (route.match.length === 0 ? [{}] : route.match.map(({ value }) => value)));
}

function method(match: JsonObject): string {
  return isObject(match.method) && typeof match.method.exact === 'string' ? match.method.exact : 'GET';
}

function path(match: JsonObject): string {
  if (!isObject(match.uri)) return '/';
  return String(match.uri.exact ?? match.uri.prefix ?? `/ (matching ${String(match.uri.regex)})`);
}

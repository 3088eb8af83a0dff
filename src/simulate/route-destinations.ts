import type { DestinationRuleLookup } from '../mesh/destination-rule-lookup.ts';
import type { KnownHost } from '../mesh/known-hosts.ts';
import type { Mesh } from '../mesh/mesh.ts';
import { titleOf } from '../mesh/mesh-object.ts';
import { isObject, type Json, type JsonObject, listOr, objectOr } from '../model/json.ts';
import { listWords } from '../model/names.ts';
import type { RoutedDestination, RouteFailure } from '../model/routing.ts';
import { endpointsAt } from './destination-endpoints.ts';
import { labelsOf, type MeshProxy, namespaceOf } from './mesh-proxy.ts';
import { effectivePolicy, type MergedRule, mergeRules, rulesInForce } from './traffic-policy.ts';

/** What destinations are looked up in, for one proxy. */
export interface DestinationSight {
  readonly mesh: Mesh;
  readonly rules: DestinationRuleLookup;
  readonly proxy: MeshProxy;
  /** The listener's port; of a gateway the server's. */
  readonly port: number;
  /** Whether the proxy sees the host; with a port, whether it sees that port of it, too. */
  readonly seesHost: (host: KnownHost, port?: number) => boolean;
}

/** Destinations with their shares, and what is taken for granted or left open about them. */
export interface Routed {
  readonly destinations: readonly RoutedDestination[];
  readonly assumptions: readonly string[];
  readonly undefinedOrder: readonly string[];
}

/**
 * The shares of a route. One entry takes all whatever its weight; of several those without weight get nothing, and the others what their
 * weight is of the sum (route.go buildRouteClusters, since 1.15; older meshes only take sums of 100, which is the same).
 */
export function routeDestinations(entries: readonly Json[], home: string, sight: DestinationSight): Routed {
  const weighted = entries.map((entry) => {
    const { destination, weight, headers } = objectOr(entry);
    const own = isObject(headers) ? { headers } : {};
    return { destination: objectOr(destination), weight: typeof weight === 'number' ? weight : 0, own };
  });
  const [only, ...more] = weighted;
  if (only === undefined) return { destinations: [], assumptions: [], undefinedOrder: [] };
  if (more.length === 0) return joined([oneDestination(only.destination, home, 100, sight, only.own)]);
  const sum = weighted.reduce((total, { weight }) => total + weight, 0);
  return joined(
    weighted
      .filter(({ weight }) => weight > 0)
      .map(({ destination, weight, own }) => oneDestination(destination, home, (100 * weight) / sum, sight, own)),
  );
}

/** All of a host, as it is reached without any route: by its own name, on the port that was called. */
export function wholeHost(host: string, sight: DestinationSight): Routed {
  return joined([oneDestination({ host, port: { number: sight.port } }, '', 100, sight)]);
}

interface OneRouted {
  readonly destination: RoutedDestination;
  readonly assumptions: readonly string[];
  readonly undefinedOrder: readonly string[];
}

function joined(parts: readonly OneRouted[]): Routed {
  return {
    destinations: parts.map(({ destination }) => destination),
    assumptions: [...new Set(parts.flatMap(({ assumptions }) => assumptions))],
    undefinedOrder: [...new Set(parts.flatMap(({ undefinedOrder }) => undefinedOrder))],
  };
}

function oneDestination(
  { host, subset, port }: JsonObject,
  home: string,
  percent: number,
  sight: DestinationSight,
  own: Pick<RoutedDestination, 'headers'> = {},
): OneRouted {
  const { mesh, rules, proxy } = sight;
  const full = mesh.hosts.qualified(String(host), home);
  const answer = mesh.hosts.find(String(host), home);
  const seen = answer.known === 'yes' ? answer.hosts.filter((one) => sight.seesHost(one)) : [];
  const owner = seen[0];
  const number = portOf(objectOr(port).number, owner, sight);
  const choice = rules.find(full, ownersOf(seen, full, mesh), namespaceOf(proxy));
  const inForce = rulesInForce(choice?.rules ?? [], labelsOf(proxy), mesh.environment.istio.minor);
  const merged = mergeRules(inForce.rules);
  const name = typeof subset === 'string' && subset !== '' ? subset : undefined;
  const failure = hostFailure(full, answer.known, seen, number, sight) ?? subsetFailure(full, name, merged, owner, mesh);
  return {
    destination: {
      host: full,
      ...(name === undefined ? {} : { subset: name }),
      port: number,
      percent,
      ...own,
      ...(failure === undefined ? {} : { failure }),
      endpoints: endpointsAt(seen, number, name === undefined ? undefined : objectOr(merged.subsets.get(name)?.labels), mesh),
      policy: effectivePolicy(merged, number, name),
      rules: merged.rules.map(titleOf),
    },
    assumptions: answer.known === 'unknown' ? [`nothing shows whether ${full} exists; it is taken to`] : [],
    undefinedOrder: [...new Set([...inForce.rivals, ...merged.rivals])].map(titleOf),
  };
}

/**
 * A sidecar takes the listener's port; a gateway the only port of the host, or else its server's (route.go GetDestinationCluster).
 */
function portOf(written: Json | undefined, owner: KnownHost | undefined, { proxy, port }: DestinationSight): number {
  if (typeof written === 'number' && written > 0) return written;
  const [only, ...more] = owner?.ports ?? [];
  return proxy.kind === 'gateway' && only !== undefined && more.length === 0 ? only.number : port;
}

function ownersOf(seen: readonly KnownHost[], host: string, mesh: Mesh): readonly string[] {
  if (seen.length > 0) return [...new Set(seen.map(({ namespace }) => namespace))];
  const suffix = `.svc.${mesh.environment.clusterDomain}`;
  const labels = host.endsWith(suffix) ? host.slice(0, -suffix.length).split('.') : [];
  return labels.length === 2 && labels[1] !== undefined ? [labels[1]] : [];
}

function hostFailure(
  host: string,
  known: 'yes' | 'no' | 'unknown',
  seen: readonly KnownHost[],
  port: number,
  { seesHost }: DestinationSight,
): RouteFailure | undefined {
  if (known === 'unknown') return undefined;
  if (known === 'no') return noCluster(`there is no host ${host}`);
  if (seen.length === 0) return noCluster(`${host} is not visible to the caller`);
  const offers = seen.some(({ ports }) => ports === undefined || ports.some((one) => one.number === port));
  if (!offers) return noCluster(`${host} has no port ${port}`);
  return seen.some((one) => seesHost(one, port))
    ? undefined
    : noCluster(`the caller's Sidecar brings in other ports of ${host} than ${port}`);
}

function subsetFailure(
  host: string,
  subset: string | undefined,
  { subsets }: MergedRule,
  owner: KnownHost | undefined,
  mesh: Mesh,
): RouteFailure | undefined {
  if (subset === undefined) return undefined;
  const found = subsets.get(subset);
  if (found === undefined) {
    const declared = subsets.size === 0 ? '' : `; declared ${subsets.size === 1 ? 'is' : 'are'} ${listWords([...subsets.keys()])}`;
    return noCluster(`no DestinationRule that the caller uses declares the subset ${subset} of ${host}${declared}`);
  }
  const endpoints = endpointsOf(objectOr(found.labels), owner, mesh);
  if (endpoints !== 'none') return undefined;
  const byDns = owner?.object !== undefined && /^DNS/.test(String(owner.object.spec.resolution));
  if (byDns) return noCluster(`no endpoint of ${host} has the labels of the subset ${subset}`);
  return { status: 503, flag: 'UH', reason: `no pod of ${host} has the labels of the subset ${subset}` };
}

/** Whether the input proves that nothing answers for a subset. */
function endpointsOf(labels: JsonObject, owner: KnownHost | undefined, mesh: Mesh): 'some' | 'none' | 'unknown' {
  if (owner === undefined) return 'unknown';
  const has = (own: JsonObject) => Object.entries(labels).every(([key, value]) => own[key] === value);
  const endpoints = listOr(owner.object?.spec.endpoints);
  if (endpoints.length > 0) return endpoints.some((one) => has(objectOr(objectOr(one).labels))) ? 'some' : 'none';
  if (owner.selector === undefined || !mesh.cluster.knows('workloads', owner.namespace)) return 'unknown';
  const pods = mesh.cluster.selected(owner.selector, owner.namespace).filter(({ replicas }) => replicas !== 0);
  return pods.some((one) => has(one.labels)) ? 'some' : 'none';
}

function noCluster(reason: string): RouteFailure {
  return { status: 503, flag: 'NC', reason };
}

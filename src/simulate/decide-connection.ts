import { hostWithin } from '../istio/host.ts';
import { matchesOf, type RoutePart, routesOf } from '../istio/virtual-service-parts.ts';
import { type MeshObject, titleOf } from '../mesh/mesh-object.ts';
import { type Json, type JsonObject, listOr, objectOr } from '../model/json.ts';
import type { DecisionStep, MeshRequest, RouteDecision } from '../model/routing.ts';
import { type AddressRange, addressRange, addressWithin } from '../requests/address-range.ts';
import { isAgeTold } from './age.ts';
import { failed, routedTo, type Story } from './decide-http.ts';
import type { CalledHost } from './mesh-hosts.ts';
import { type DestinationSight, type Routed, routeDestinations, wholeHost } from './route-destinations.ts';
import { connectionRefusal } from './static-conditions.ts';

/**
 * A connection of a sidecar to a host of the mesh: by SNI where the port carries TLS, otherwise by address and port. A host whose TLS is
 * routed at all has no other chain: what its routes do not ask for is passed on, or stopped (core/tls.go, listener.go DefaultFilterChain).
 */
export function decideConnection(
  kind: 'tls' | 'tcp',
  called: CalledHost,
  candidates: readonly RankedHost[],
  request: MeshRequest,
  sight: DestinationSight,
  story: Story,
  uncaptured: (story: Story) => RouteDecision,
): RouteDecision {
  const bound = oncePerObject(candidates);
  const objects = bound.map(({ object }) => object);
  const chains = kind === 'tls' ? tlsChains(objects, request, sight) : tcpChains(objects, request, sight);
  const chosen = narrowestChain(chains, request);
  if (chosen !== undefined) return withRivals(takenConnection(chosen.chain, sight, story), kind, chosen, bound, request, sight);
  const says =
    kind === 'tcp'
      ? undefined
      : chains.length > 0
        ? `its tls routes are for other connections: ${[...new Set(chains.flatMap(({ names }) => names ?? []))].join(', ')}`
        : request.protocol === 'tls' || hasAddress(called)
          ? undefined
          : `${called.host} has no address of its own, so without a server name nothing is known of the connection`;
  if (says !== undefined) return uncaptured({ ...story, steps: [...story.steps, { about: 'virtual-service', says, took: false }] });
  const step = { about: 'virtual-service', says: `none routes the connection: all endpoints of ${called.host}`, took: true };
  return routedTo(wholeHost(called.host, sight), { ...story, steps: [...story.steps, step] }, { onTheWay: {} });
}

/** Whether it has a listener of its own; others share one with all that have none, and are told apart by the server name (core/tls.go). */
function hasAddress({ host, owners }: CalledHost): boolean {
  return !owners.every(({ object }) => object !== undefined && (host.startsWith('*') || object.spec.resolution === 'NONE'));
}

interface RankedHost {
  readonly object: MeshObject;
  readonly rank: number;
}

function oncePerObject(candidates: readonly RankedHost[]): readonly RankedHost[] {
  return [...new Map(candidates.map((one) => [one.object, one])).values()];
}

/** A connection that came in by a server of a gateway: nothing else takes it. */
export function decideGatewayConnection(
  kind: 'tls' | 'tcp',
  bound: readonly RankedHost[],
  request: MeshRequest,
  sight: DestinationSight,
  story: Story,
): RouteDecision {
  const objects = bound.map(({ object }) => object);
  const chains = kind === 'tls' ? tlsChains(objects, request, sight) : tcpChains(objects, request, sight).slice(0, 1);
  const chosen = narrowestChain(chains, request);
  if (chosen !== undefined) return withRivals(takenConnection(chosen.chain, sight, story), kind, chosen, bound, request, sight);
  return failed({ flag: 'reset', reason: `nothing routes ${kind === 'tls' ? `the SNI ${request.host}` : `port ${request.port}`}` }, story);
}

/** A filter chain of the listener: for these addresses (undefined = all) and, of TLS, for these server names. */
interface Chain {
  readonly object: MeshObject;
  readonly part: RoutePart;
  readonly pointer: string;
  readonly subnets: readonly AddressRange[] | undefined;
  /** As written; undefined for TCP. */
  readonly names?: readonly string[];
}

function takenConnection({ object, part, pointer, names }: Chain, sight: DestinationSight, story: Story): RouteDecision {
  const manifest = titleOf(object);
  const whose = { about: 'virtual-service', says: 'routes the connection', took: true, place: { manifest, pointer: '' } };
  const says =
    names === undefined ? (pointer === part.pointer ? 'takes every connection' : 'matches') : `takes the SNI ${names.join(', ')}`;
  const step: DecisionStep = { about: 'match', says, took: true, place: { manifest, pointer } };
  const routed = asConnections(tunnelled(listOr(part.route.route), object.namespace, sight));
  return routedTo(routed, { ...story, steps: [...story.steps, whose, step] }, { onTheWay: {}, route: { manifest, pointer: part.pointer } });
}

/**
 * A tunnel belongs to the listener, not to a cluster: of several destinations that of the first one's host counts for all, whatever their
 * subsets say (networkfilter.go buildOutboundNetworkFiltersWithWeightedClusters).
 */
function tunnelled(entries: readonly Json[], home: string, sight: DestinationSight): Routed {
  const routed = routeDestinations(entries, home, sight);
  if (entries.length < 2) return routed;
  const { subset: _, ...host } = objectOr(objectOr(entries[0]).destination);
  const tunnel = routeDestinations([{ destination: host }], home, sight).destinations[0]?.policy.tunnel;
  const destinations = routed.destinations.map((one) => {
    const { tunnel: _own, ...policy } = one.policy;
    return { ...one, policy: { ...policy, ...(tunnel === undefined ? {} : { tunnel }) } };
  });
  return { ...routed, destinations };
}

/** A connection has no status: where nothing answers it is closed. */
function asConnections(routed: Routed): Routed {
  const destinations = routed.destinations.map((one) =>
    one.failure === undefined ? one : { ...one, failure: { flag: 'reset' as const, reason: one.failure.reason } },
  );
  return { ...routed, destinations };
}

/** Others of the same rank that would take the connection just as well, were they older. */
function withRivals(
  decision: RouteDecision,
  kind: 'tls' | 'tcp',
  chosen: ChosenChain,
  bound: readonly RankedHost[],
  request: MeshRequest,
  sight: DestinationSight,
): RouteDecision {
  const rank = bound.find(({ object }) => object === chosen.chain.object)?.rank;
  const rivals = bound.filter(({ object, rank: other }) => {
    if (other !== rank || object === chosen.chain.object || isAgeTold(object, chosen.chain.object)) return false;
    const own = narrowestChain(kind === 'tls' ? tlsChains([object], request, sight) : tcpChains([object], request, sight), request);
    return own !== undefined && own.size === chosen.size && own.name === chosen.name;
  });
  if (rivals.length === 0) return decision;
  return { ...decision, undefinedOrder: [chosen.chain.object, ...rivals.map(({ object }) => object)].map(titleOf) };
}

interface ChosenChain {
  readonly chain: Chain;
  /** How many addresses its subnet has, and the server name that fits. */
  readonly size: bigint;
  readonly name: string;
}

/** Of the chains that a connection fits Envoy takes that of the longest subnet, then that of the narrowest server name, then the first. */
function narrowestChain(chains: readonly Chain[], request: MeshRequest): ChosenChain | undefined {
  let best: ChosenChain | undefined;
  for (const chain of chains) {
    const size = sizeOfSubnet(chain.subnets, request.address);
    const name = chain.names === undefined ? '' : request.protocol === 'tls' ? nameFor(chain.names, request.host) : undefined;
    if (size === undefined || name === undefined) continue;
    if (best === undefined || size < best.size || (size === best.size && isNarrower(name, best.name))) best = { chain, size, name };
  }
  return best;
}

/** How many addresses the smallest subnet has that holds the address; undefined where none does. Of a request without one only "all" holds. */
function sizeOfSubnet(subnets: readonly AddressRange[] | undefined, address: string | undefined): bigint | undefined {
  if (subnets === undefined) return 1n << 129n;
  if (address === undefined) return undefined;
  const sizes = subnets.filter((range) => addressWithin(address, [range])).map(({ first, last }) => last - first);
  return sizes.reduce<bigint | undefined>((least, size) => (least === undefined || size < least ? size : least), undefined);
}

function nameFor(names: readonly string[], sni: string): string | undefined {
  const fitting = names.map((name) => name.toLowerCase()).filter((name) => hostWithin(sni.toLowerCase(), name));
  return fitting.reduce<string | undefined>((best, name) => (best === undefined || isNarrower(name, best) ? name : best), undefined);
}

function isNarrower(a: string, b: string): boolean {
  if (a.startsWith('*') !== b.startsWith('*')) return b.startsWith('*');
  return a.length > b.length;
}

/**
 * Every tls match is a chain. A later one of the same names and subnets is left out; at a gateway one that has any name of an earlier one
 * (gateway.go buildGatewayNetworkFiltersFromTLSRoutes). In sidecars one without subnets keeps those of the last match before it in its
 * VirtualService that had some (tls.go buildSidecarOutboundTLSFilterChainOpts).
 */
function tlsChains(objects: readonly MeshObject[], request: MeshRequest, sight: DestinationSight): readonly Chain[] {
  const isGateway = sight.proxy.kind === 'gateway';
  const chains: Chain[] = [];
  const claimed = new Set<string>();
  for (const object of objects) {
    let kept: readonly AddressRange[] | undefined;
    for (const part of routesOf(object.spec, ['tls'])) {
      for (const { match, pointer } of matchesOf(part)) {
        if (connectionRefusal(match, object.namespace, sight.proxy, request.port) !== undefined) continue;
        const names = listOr(match.sniHosts).map(String);
        if (!isGateway) kept = subnetsOf(match) ?? kept;
        const keys = isGateway ? names.map((name) => name.toLowerCase()) : [JSON.stringify([names, listOr(match.destinationSubnets)])];
        if (keys.some((key) => claimed.has(key))) continue;
        for (const key of keys) claimed.add(key);
        chains.push({ object, part, pointer, names, subnets: isGateway ? undefined : kept });
      }
    }
  }
  return chains;
}

/** In the list's order, whichever names the host more closely; the first route without conditions on the address ends it. */
function tcpChains(objects: readonly MeshObject[], request: MeshRequest, sight: DestinationSight): readonly Chain[] {
  const chains: Chain[] = [];
  for (const object of objects) {
    for (const part of routesOf(object.spec, ['tcp'])) {
      const matches = matchesOf(part);
      const alternatives: readonly { readonly match: JsonObject; readonly pointer: string }[] =
        matches.length === 0 ? [{ match: {}, pointer: part.pointer }] : matches;
      for (const { match, pointer } of alternatives) {
        if (connectionRefusal(match, object.namespace, sight.proxy, request.port) !== undefined) continue;
        const subnets = sight.proxy.kind === 'gateway' ? undefined : subnetsOf(match);
        chains.push({ object, part, pointer, subnets });
        if (subnets === undefined) return chains;
      }
    }
  }
  return chains;
}

function subnetsOf({ destinationSubnets }: { readonly destinationSubnets?: Json }): readonly AddressRange[] | undefined {
  const written = listOr(destinationSubnets);
  return written.length === 0 ? undefined : written.flatMap((subnet) => addressRange(String(subnet)) ?? []);
}

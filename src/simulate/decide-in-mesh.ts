import { namespaceOfHost } from '../istio/host.ts';
import { type MeshObject, titleOf } from '../mesh/mesh-object.ts';
import { byCodePoint } from '../model/names.ts';
import type { DecisionStep, MeshRequest, RouteDecision } from '../model/routing.ts';
import { isAgeTold } from './age.ts';
import { decideConnection } from './decide-connection.ts';
import { type Among, decideAmong, failed, routedTo, type Story, takesOldestWildcard } from './decide-http.ts';
import { httpEntries } from './http-entries.ts';
import { type CalledHost, calledHost, calledPort, carries, namesFor, withoutTrailingDot } from './mesh-hosts.ts';
import type { MeshProxy } from './mesh-proxy.ts';
import { type DestinationSight, wholeHost } from './route-destinations.ts';
import { inIstiosOrder, type SidecarScope } from './sidecar-scope.ts';
import type { Sources } from './sources.ts';
import type { BoundHost } from './virtual-service-index.ts';

/** What the caller's sidecar does with a request or connection (core/httproute.go, core/route/route.go BuildSidecarVirtualHostWrapper). */
export function decideInMesh(asked: MeshRequest, sources: Sources, among: Among = decideAmong): RouteDecision {
  const { mesh, rules } = sources;
  const request = withoutTrailingDot(asked, mesh.environment.istio.minor);
  const scope = sources.scopeOf(request.source, request.port);
  const proxy: MeshProxy = { kind: 'sidecar', source: request.source };
  const sight: DestinationSight = { mesh, rules, proxy, port: request.port, seesHost: scope.seesHost };
  const steps: DecisionStep[] = [];
  const assumptions: string[] = [];
  if (scope.sidecar !== undefined)
    steps.push({ about: 'sidecar', says: `${titleOf(scope.sidecar)} says what the caller sees`, took: true });
  const called = calledHost(request.host, request.source.namespace, mesh, scope.seesHost) ?? assumed(request, sources, assumptions);
  const story = { steps, assumptions };
  if (called === undefined) return decideUnknown(request, sight, scope, sources, story, among);
  const port = called.owners.length === 0 ? 'unknown' : calledPort(called, request.port);
  const isSeen = called.owners.length === 0 || called.owners.some((owner) => scope.seesHost(owner, request.port));
  if (port === undefined || !isSeen) {
    const offered = called.owners.flatMap((owner) =>
      (owner.ports ?? []).map(({ number }) => number).filter((number) => scope.seesHost(owner, number)),
    );
    steps.push({
      about: 'host',
      says: `${called.host} has no port ${request.port}${port === undefined ? '' : ' that the Sidecar brings in'}; it has ${[...new Set(offered)].join(', ')}`,
      took: false,
    });
    return notCaptured(scope, story);
  }
  const named = called.host === request.host ? `${called.host} is a host of the mesh` : `${request.host} is ${called.host}`;
  steps.push({ about: 'host', says: named, took: true });
  const carried = port === 'unknown' ? 'sniffed' : carries(port.protocol);
  if (request.protocol !== 'http' || (carried !== 'http' && carried !== 'sniffed')) {
    if (request.protocol === 'http')
      steps.push({
        about: 'port',
        says: `port ${request.port} carries ${port === 'unknown' ? '' : String(port.protocol)}, so http routes have no say`,
        took: true,
      });
    if (carried === 'http') {
      // The http filter chain takes what speaks http; the rest falls to the listener's last (listener.go plaintextHTTPALPNs).
      const says = `port ${request.port} carries HTTP: other connections are not looked at`;
      return notCaptured(scope, { ...story, steps: [...steps, { about: 'port', says, took: false }] });
    }
    const kind = carried === 'tls' || (port === 'unknown' && request.protocol === 'tls') ? 'tls' : 'tcp';
    const candidates = candidatesFor(called.host, scope, sources, request);
    return decideConnection(kind, called, candidates, withAddress(request, called), sight, story, (told) => notCaptured(scope, told));
  }
  return decideHttp(called, request, sight, scope, sources, story, among);
}

/** A client that connects by name connects to the one address that the name has. */
function withAddress(request: MeshRequest, { owners }: CalledHost): MeshRequest {
  const [address, ...more] = owners.flatMap(({ addresses }) => addresses ?? []);
  return request.address !== undefined || address === undefined || more.length > 0 || address.includes('/')
    ? request
    : { ...request, address };
}

/** A name of the cluster that nothing shows is taken to be there; one with a single dot only in a namespace that the mesh has something in. */
function assumed(request: MeshRequest, { mesh }: Sources, assumptions: string[]): CalledHost | undefined {
  const { clusterDomain } = mesh.environment;
  for (const name of namesFor(request.host, request.source.namespace, clusterDomain)) {
    const namespace = namespaceOfHost(name, clusterDomain);
    if (namespace === undefined || mesh.hosts.find(name, request.source.namespace).known !== 'unknown') continue;
    if (request.host.split('.').length === 2 && !mesh.objects.some((object) => object.namespace === namespace)) continue;
    assumptions.push(`nothing shows whether ${name} exists; it is taken to, with port ${request.port}`);
    return { host: name, owners: [] };
  }
  return undefined;
}

function decideHttp(
  called: CalledHost,
  request: MeshRequest,
  sight: DestinationSight,
  scope: SidecarScope,
  sources: Sources,
  { steps, assumptions }: Story,
  among: Among,
): RouteDecision {
  const told = [...steps];
  const applying = applyingTo(called.host, candidatesFor(called.host, scope, sources, request), sources);
  for (const [i, { object }] of applying.entries()) {
    const { entries, refused, lost } = httpEntries(object, sources.mesh, sight.proxy, request.port);
    if (entries.length > 0)
      told.push({ about: 'virtual-service', says: `routes ${called.host}`, took: true, place: { manifest: titleOf(object), pointer: '' } });
    for (const { pointer, reason } of lost)
      told.push({ about: 'delegate', says: `the route is lost: ${reason}`, took: false, place: { manifest: titleOf(object), pointer } });
    for (const { pointer, reason, object: whose } of refused)
      told.push({ about: 'match', says: reason, took: false, place: { manifest: titleOf(whose), pointer } });
    if (entries.length === 0) {
      told.push({
        about: 'virtual-service',
        says: 'has no route for this caller and port',
        took: false,
        place: { manifest: titleOf(object), pointer: '' },
      });
      continue;
    }
    const decision = among(entries, request, sight, { steps: told, assumptions });
    const rivals = rivalsOf(
      applying,
      i,
      takesOldestWildcard(sources.mesh),
      (one) => httpEntries(one, sources.mesh, sight.proxy, request.port).entries.length > 0,
    );
    return rivals.length === 0 ? decision : { ...decision, undefinedOrder: [titleOf(object), ...rivals.map(titleOf)] };
  }
  told.push({ about: 'virtual-service', says: 'none routes it: all endpoints of the host, of every version', took: true });
  return routedTo(wholeHost(called.host, sight), { steps: told, assumptions }, { onTheWay: {} });
}

type Ranked = ReturnType<typeof inIstiosOrder>[number];

function candidatesFor(host: string, scope: SidecarScope, { mesh, index }: Sources, { source }: MeshRequest): readonly Ranked[] {
  const bound = index.forHost(host).filter(({ object }) => scope.seesVirtualService(object));
  return inIstiosOrder(bound, source.namespace, mesh.environment.mesh.exportTo);
}

/** A wildcard counts for a host only where no narrower host does; older meshes take them in the list's order. */
function applyingTo(host: string, candidates: readonly Ranked[], { mesh }: Sources): readonly Ranked[] {
  if (takesOldestWildcard(mesh)) return candidates;
  const narrowest = candidates.reduce<string | undefined>(
    (best, one) => (best === undefined || moreSpecific(one.host, best) ? one.host : best),
    undefined,
  );
  return candidates.filter((one) => one.host === host.toLowerCase() || one.host === narrowest);
}

function moreSpecific(a: string, b: string): boolean {
  if (a.startsWith('*') !== b.startsWith('*')) return b.startsWith('*');
  return a.length > b.length || (a.length === b.length && byCodePoint(a, b) < 0);
}

/** Others of the same rank and host, or in old meshes of any, that would route as well: which of them is older decides. */
function rivalsOf(
  applying: readonly Ranked[],
  chosen: number,
  isOldest: boolean,
  routes: (object: MeshObject) => boolean,
): readonly MeshObject[] {
  const own = applying[chosen];
  if (own === undefined) return [];
  return applying
    .slice(chosen + 1)
    .filter((one) => one.rank === own.rank && one.object !== own.object && (isOldest || one.host === own.host))
    .filter(({ object }) => !isAgeTold(object, own.object))
    .map(({ object }) => object)
    .filter(routes);
}

/**
 * A host that is no service: a VirtualService has a virtual host of its own for it only on port 80, or where it also matches a service of
 * that port.
 */
function decideUnknown(
  request: MeshRequest,
  sight: DestinationSight,
  scope: SidecarScope,
  sources: Sources,
  story: Story,
  among: Among,
): RouteDecision {
  if (request.protocol !== 'http') return notCaptured(scope, story);
  const bound: readonly BoundHost[] = namesFor(request.host, request.source.namespace, sources.mesh.environment.clusterDomain).flatMap(
    (name) => sources.index.forHost(name),
  );
  const ranked = inIstiosOrder(
    bound.filter(({ object }) => scope.seesVirtualService(object)),
    request.source.namespace,
    sources.mesh.environment.mesh.exportTo,
  ).filter(({ object }) => request.port === 80 || sources.servesPort(object, request.port));
  const narrowest = [...ranked].sort((a, b) => (a.host === b.host ? 0 : moreSpecific(a.host, b.host) ? -1 : 1))[0];
  if (narrowest === undefined) {
    const steps = [...story.steps, { about: 'host', says: `${request.host} is no host of the mesh`, took: false }];
    return notCaptured(scope, { ...story, steps });
  }
  const { entries } = httpEntries(narrowest.object, sources.mesh, sight.proxy, request.port);
  if (entries.length === 0) return notCaptured(scope, story);
  const assumptions =
    request.port !== 80 || sources.listensOn80()
      ? story.assumptions
      : [...story.assumptions, 'some service of the mesh has http on port 80'];
  const place = { manifest: titleOf(narrowest.object), pointer: '' };
  const steps = [...story.steps, { about: 'virtual-service', says: `routes ${request.host}, which is no service`, took: true, place }];
  return among(entries, request, sight, { steps, assumptions });
}

/** Traffic that no listener or virtual host is for: let through, or stopped (outboundTrafficPolicy). */
function notCaptured({ outboundTrafficPolicy }: SidecarScope, { steps, assumptions }: Story): RouteDecision {
  if (outboundTrafficPolicy === 'REGISTRY_ONLY')
    return failed({ status: 502, flag: 'BlackHole', reason: 'only hosts that the mesh knows may be called' }, { steps, assumptions });
  const told = { about: 'outbound', says: 'passed through as it is: hosts that the mesh does not know may be called', took: true };
  return { kind: 'passthrough', destinations: [], onTheWay: {}, steps: [...steps, told], assumptions };
}

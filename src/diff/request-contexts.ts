import { hostWithin } from '../istio/host.ts';
import { routeListOf } from '../istio/protocol.ts';
import { boundToMesh, matchesOf, routesOf } from '../istio/virtual-service-parts.ts';
import type { KnownHost } from '../mesh/known-hosts.ts';
import type { Mesh } from '../mesh/mesh.ts';
import type { MeshObject } from '../mesh/mesh-object.ts';
import { isObject, type JsonObject, listOr, objectOr, stableJson } from '../model/json.ts';
import type { Manifest } from '../model/manifest.ts';
import type { MeshRequest, RequestSource } from '../model/routing.ts';
import { plainRequest } from '../requests/request.ts';
import { delegatesOf, gatewaysOf, type InfluenceGroups } from './influence.ts';
import type { ChangedObject } from './partial-objects.ts';
import { policiesInPlay } from './policies-in-play.ts';
import { callersNamed } from './policy-conditions.ts';
import { isSidecarFor } from './sidecar-callers.ts';

/** A plain request at a place where a group of changes can be noticed, and the VirtualServices whose conditions may decide for it. */
export interface RequestContext {
  readonly request: MeshRequest;
  readonly deciders: readonly MeshObject[];
  /** AuthorizationPolicies that may have a say in where it leads, changed or not: whom they refuse sees nothing of what changes behind them. */
  readonly policies: readonly MeshObject[];
}

/**
 * Where the groups' changes can be noticed, a list for each group: hosts × ports × the mesh and gateways × callers that any of the objects
 * in play tells apart. What requests differ in beyond that is asked by matches, and is the deciders' matter.
 */
export function requestContexts(
  changes: readonly ChangedObject[],
  { groups, groupsOf, groupOf }: InfluenceGroups,
  meshes: readonly Mesh[],
): readonly (readonly RequestContext[])[] {
  const found = groups.map(() => new Map<string, MeshRequest>());
  const put = (group: number, requests: readonly MeshRequest[]): void => {
    for (const request of requests) found[group]?.set(stableJson(requestKey(request)), request);
  };
  const objects: ReadonlyMap<Manifest | undefined, { readonly object: MeshObject; readonly mesh: Mesh }> = new Map(
    meshes.flatMap((mesh) => mesh.objects.map((object) => [object.manifest, { object, mesh }] as const)),
  );
  const own = groups.map((group): readonly MeshObject[] =>
    group.flatMap((i) => [changes[i]?.before, changes[i]?.after].flatMap((one) => objects.get(one)?.object ?? [])),
  );
  const led = meshes.flatMap((mesh) => mesh.shown('VirtualService').map((object) => ({ object, mesh, groups: groupsOf(object, mesh) })));
  const policiesFor = policiesInPlay(meshes);
  const inPlay = groups.map((_, i) => {
    const around = led
      .filter((one) => one.groups.includes(i))
      .flatMap(({ object }) => [object, ...meshes.flatMap((mesh) => delegatesOf(object, mesh))]);
    return [...new Set([...(own[i] ?? []), ...around])];
  });
  const policies = inPlay.map(policiesFor);
  const callers = inPlay.map((objects, i) => callersAmong([...new Set([...objects, ...(policies[i] ?? [])])], meshes));
  for (const { object, mesh, groups: touched } of led)
    for (const group of touched) put(group, requestsTo(object, mesh, meshes, callers[group] ?? []));
  for (const [i, { before, after }] of changes.entries()) {
    const group = groupOf(i);
    for (const manifest of [before, after]) {
      const known = manifest === undefined ? undefined : objects.get(manifest);
      if (manifest === undefined) continue;
      // What is none of Istio's objects, a Service for one, may matter to any host.
      const own = callers[group] ?? [];
      put(group, known === undefined ? requestsToAll(meshes, own) : requestsAbout(known.object, known.mesh, meshes, own));
    }
  }
  const decidersOf = deciderIndex(meshes);
  return found.map((requests, i) =>
    [...requests.values()].map((request) => ({ request, deciders: decidersOf(request), policies: policies[i] ?? [] })),
  );
}

function requestKey({ protocol, host, port, gateway, source, scheme }: MeshRequest): JsonObject {
  return {
    protocol,
    host,
    port,
    gateway: gateway ?? 'mesh',
    namespace: source.namespace,
    labels: source.labels,
    account: source.serviceAccount ?? '',
    scheme,
  };
}

/** Callers that some objects tell apart. */
function callersAmong(all: readonly MeshObject[], meshes: readonly Mesh[]): readonly RequestSource[] {
  const namespaces = new Set(meshes.map(({ home }) => home));
  const labelSets = new Map<string, Readonly<Record<string, string>>>([['{}', {}]]);
  const accounts = new Map<string, RequestSource>();
  const addLabels = (labels: JsonObject): void => {
    const texts = Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, String(value)]));
    labelSets.set(stableJson(texts), texts);
  };
  for (const object of all) {
    const { kind, namespace, spec } = object;
    namespaces.add(namespace);
    if (kind === 'AuthorizationPolicy') namespaces.add(elsewhere);
    if (kind === 'Sidecar') addLabels(objectOr(objectOr(spec.workloadSelector).labels));
    for (const account of kind === 'AuthorizationPolicy' ? callersNamed(object) : []) accounts.set(JSON.stringify(account), account);
    for (const word of listOr(spec.exportTo).map(String)) namespaces.add(/^[.~*]/.test(word) ? elsewhere : word);
    for (const { match } of kind === 'VirtualService' ? routesOf(spec).flatMap(matchesOf) : []) {
      addLabels(objectOr(match.sourceLabels));
      if (typeof match.sourceNamespace === 'string' && match.sourceNamespace !== '') namespaces.add(match.sourceNamespace);
    }
  }
  const together = Object.assign({}, ...labelSets.values());
  addLabels(together);
  const plain = [...namespaces].flatMap((namespace) => [...labelSets.values()].map((labels): RequestSource => ({ namespace, labels })));
  return [...plain, ...accounts.values()];
}

/** A namespace that nothing names. */
const elsewhere = 'elsewhere';

function requestsTo(object: MeshObject, mesh: Mesh, meshes: readonly Mesh[], callers: readonly RequestSource[]): readonly MeshRequest[] {
  const hosts = listOr(object.spec.hosts).map((host) => mesh.hosts.qualified(String(host), object.namespace).toLowerCase());
  const ports = routesOf(object.spec).flatMap((part) => matchesOf(part).flatMap(({ match }) => Number(match.port ?? 0) || []));
  return [
    ...(boundToMesh(object.spec) ? hosts.flatMap((host) => requestsInMesh(sample(host), meshes, callers, ports)) : []),
    ...gatewaysOf(object).flatMap((id) =>
      [...new Set([...hosts, ...snisOf(object)])].flatMap((host) => requestsAtGateway(id, host, meshes)),
    ),
    ...snisOf(object).flatMap((host) => requestsInMesh(sample(host), meshes, callers, ports)),
  ];
}

function snisOf({ spec }: MeshObject): readonly string[] {
  return routesOf(spec, ['tls']).flatMap((part) =>
    matchesOf(part).flatMap(({ match }) => listOr(match.sniHosts).map((host) => String(host).toLowerCase())),
  );
}

/** Requests that a changed object decides for by itself, whatever routes there are. */
function requestsAbout(object: MeshObject, mesh: Mesh, meshes: readonly Mesh[], callers: readonly RequestSource[]): readonly MeshRequest[] {
  const { kind, spec, namespace, name } = object;
  const qualified = (host: unknown) => mesh.hosts.qualified(String(host), namespace).toLowerCase();
  switch (kind) {
    case 'VirtualService':
      return requestsTo(object, mesh, meshes, callers);
    case 'DestinationRule':
      return hostsUnder(qualified(spec.host), meshes).flatMap((host) => requestsInMesh(host, meshes, callers, []));
    case 'ServiceEntry':
      return listOr(spec.hosts).flatMap((host) => requestsInMesh(sample(qualified(host)), meshes, callers, []));
    case 'Gateway': {
      const hosts = listOr(spec.servers).flatMap((server) =>
        listOr(objectOr(server).hosts).map((host) => String(host).replace(/^.*\//, '')),
      );
      return [...new Set(hosts)].flatMap((host) => requestsAtGateway(`${namespace}/${name}`, host.toLowerCase(), meshes));
    }
    case 'AuthorizationPolicy':
    case 'PeerAuthentication':
    case 'RequestAuthentication':
      return requestsToAll(meshes, callers, (known) => known.namespace === namespace || namespace === mesh.environment.mesh.rootNamespace);
    case 'Sidecar':
      return requestsToAll(
        meshes,
        callers.filter((caller) => isSidecarFor(object, caller, mesh.environment.mesh.rootNamespace)),
      );
    case 'WorkloadEntry':
      return requestsToAll(meshes, callers);
    default:
      return [];
  }
}

function requestsToAll(
  meshes: readonly Mesh[],
  callers: readonly RequestSource[],
  isMeant: (host: KnownHost) => boolean = () => true,
): readonly MeshRequest[] {
  const hosts = new Set(meshes.flatMap((one) => one.hosts.all.filter(isMeant).map(({ host }) => sample(host.toLowerCase()))));
  return [...hosts].flatMap((host) => requestsInMesh(host, meshes, callers, []));
}

/** A host; of a wildcard all that are known to lie in it, and one that is not. */
function hostsUnder(host: string, meshes: readonly Mesh[]): readonly string[] {
  if (!host.startsWith('*')) return [host];
  const known = meshes.flatMap((mesh) => mesh.hosts.all.map((one) => one.host.toLowerCase()));
  return [...new Set([sample(host), ...known.filter((one) => hostWithin(one, host)).map(sample)])];
}

/** A host that a wildcard stands for. */
function sample(host: string): string {
  return host === '*' ? 'any.example' : host.startsWith('*') ? `any${host.slice(1)}` : host;
}

function requestsInMesh(
  host: string,
  meshes: readonly Mesh[],
  callers: readonly RequestSource[],
  named: readonly number[],
): readonly MeshRequest[] {
  const ports = new Map<number, Set<string>>();
  for (const mesh of meshes) {
    const answer = mesh.hosts.find(host, mesh.home);
    for (const known of answer.known === 'yes' ? answer.hosts : []) {
      for (const { number, protocol } of known.ports ?? []) ports.set(number, new Set([...(ports.get(number) ?? []), protocol ?? '']));
    }
  }
  if (ports.size === 0) for (const number of [80, ...named]) ports.set(number, new Set(['']));
  return [...ports].flatMap(([port, protocols]) =>
    [...new Set([...protocols].flatMap(spokenOn))].flatMap((protocol) =>
      callers.map((source): MeshRequest => ({ ...plainRequest, protocol, host, port, source, scheme: 'http' })),
    ),
  );
}

function spokenOn(protocol: string): readonly MeshRequest['protocol'][] {
  if (protocol.toLowerCase() === 'udp') return ['tcp'];
  const own = routeListOf(protocol);
  return own === undefined ? ['http', 'tls', 'tcp'] : [own];
}

/** At every server of the gateway that is for the host, in either mesh. */
function requestsAtGateway(id: string, host: string, meshes: readonly Mesh[]): readonly MeshRequest[] {
  const [namespace = ''] = id.split('/');
  const requests: MeshRequest[] = [];
  for (const mesh of meshes) {
    const answer = mesh.gateways.find(id, namespace);
    for (const server of answer.known === 'yes' ? answer.gateway.written : []) {
      const { number, protocol } = objectOr(server.port);
      if (typeof number !== 'number') continue;
      const own = listOr(server.hosts).map((one) => String(one).replace(/^.*\//, '').toLowerCase());
      for (const one of own) {
        const met = hostWithin(host, one) ? host : hostWithin(one, host) ? one : undefined;
        if (met === undefined) continue;
        requests.push({
          ...plainRequest,
          protocol: spokenAt(String(protocol).toUpperCase(), objectOr(server.tls)),
          host: sample(met),
          port: number,
          gateway: id,
          source: { namespace, labels: {} },
          scheme: isObject(server.tls) && objectOr(server.tls).httpsRedirect !== true ? 'https' : 'http',
        });
      }
    }
  }
  return requests;
}

function spokenAt(protocol: string, { mode }: JsonObject): MeshRequest['protocol'] {
  if (mode === 'PASSTHROUGH' || mode === 'AUTO_PASSTHROUGH') return 'tls';
  return ['HTTP', 'HTTP2', 'GRPC', 'GRPC-WEB', 'HTTPS'].includes(protocol) ? 'http' : 'tcp';
}

/** The VirtualServices of both meshes that may have a say in a request to a host, with those that they delegate to. */
function deciderIndex(meshes: readonly Mesh[]): (request: MeshRequest) => readonly MeshObject[] {
  const exact = new Map<string, MeshObject[]>();
  const wide: (readonly [string, MeshObject])[] = [];
  const leaves = new Map<MeshObject, readonly MeshObject[]>();
  for (const mesh of meshes) {
    for (const object of mesh.shown('VirtualService')) {
      // A delegate of either mesh may be led to by a root of the other.
      leaves.set(
        object,
        meshes.flatMap((one) => delegatesOf(object, one)),
      );
      for (const written of listOr(object.spec.hosts)) {
        const host = mesh.hosts.qualified(String(written), object.namespace).toLowerCase();
        if (host.startsWith('*')) wide.push([host, object]);
        else exact.set(host, [...(exact.get(host) ?? []), object]);
      }
    }
  }
  return ({ host }) => {
    const roots = [...(exact.get(host) ?? []), ...wide.filter(([wildcard]) => hostWithin(host, wildcard)).map(([, object]) => object)];
    return [...new Set(roots.flatMap((root) => [root, ...(leaves.get(root) ?? [])]))];
  };
}

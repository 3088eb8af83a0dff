import { hostWithin } from '../istio/host.ts';
import { destinationsOf } from '../istio/virtual-service-parts.ts';
import type { KnownHost } from '../mesh/known-hosts.ts';
import type { Mesh } from '../mesh/mesh.ts';
import { type MeshObject, titleOf } from '../mesh/mesh-object.ts';
import { audienceOf, isSeenFrom } from '../mesh/visibility.ts';
import { isObject, type JsonObject, listOr, objectOr } from '../model/json.ts';
import { byCodePoint } from '../model/names.ts';
import { questionsOf } from '../model/recorded-reads.ts';
import type { RequestSource } from '../model/routing.ts';
import { olderFirst } from './age.ts';
import type { BoundHost, VirtualServiceIndex } from './virtual-service-index.ts';

/** What a sidecar gets to know of the mesh. */
export interface SidecarScope {
  /** Whether it sees the host; with a port, whether it sees that port of it, too. */
  readonly seesHost: (host: KnownHost, port?: number) => boolean;
  readonly seesVirtualService: (object: MeshObject) => boolean;
  readonly outboundTrafficPolicy: 'ALLOW_ANY' | 'REGISTRY_ONLY';
  /** The Sidecar that says so, where one does. */
  readonly sidecar?: MeshObject;
}

/** A host of an egress listener: 'namespace/host', taken apart. */
interface EgressHost {
  readonly namespace: string;
  readonly host: string;
}

/** (model/sidecar.go convertToSidecarScope, push_context.go getSidecarScope) */
export function sidecarScope(mesh: Mesh, index: VirtualServiceIndex, source: RequestSource, port: number): SidecarScope {
  const { outboundTrafficPolicy, exportTo } = mesh.environment.mesh;
  const seesHost = (host: KnownHost) => isSeenFrom(host.audience, source.namespace);
  const seesVirtualService = (object: MeshObject) => rankOf(object, source.namespace, exportTo) !== undefined;
  const sidecar = sidecarOf(mesh, source);
  if (sidecar === undefined) return { seesHost, seesVirtualService, outboundTrafficPolicy };
  const own = sidecar.spec.outboundTrafficPolicy;
  const policy = !isObject(own) ? outboundTrafficPolicy : own.mode === 'ALLOW_ANY' ? 'ALLOW_ANY' : 'REGISTRY_ONLY';
  const egress = egressHosts(sidecar, port);
  if (egress === undefined) return { seesHost, seesVirtualService, outboundTrafficPolicy: policy, sidecar };
  const imports = (object: MeshObject) => seesVirtualService(object) && importsVirtualService(egress, object, mesh);
  const led = ledHosts(mesh, index, egress, imports);
  return {
    seesHost: (host, port) => {
      if (!seesHost(host)) return false;
      if (importsHost(egress, host)) return true;
      const ports = led.get(host.host.toLowerCase());
      return ports !== undefined && (port === undefined || ports.has(0) || ports.has(port));
    },
    seesVirtualService: imports,
    outboundTrafficPolicy: policy,
    sidecar,
  };
}

/**
 * Where imported VirtualServices lead is imported with them: the ports that their destinations name, 0 for one that names none and with it
 * all (model/sidecar.go serviceMatchingVirtualServicePorts, virtualservice.go virtualServiceDestinations).
 */
function ledHosts(
  mesh: Mesh,
  index: VirtualServiceIndex,
  egress: readonly EgressHost[],
  imports: (object: MeshObject) => boolean,
): ReadonlyMap<string, ReadonlySet<number>> {
  const imported = new Set(egress.flatMap(({ host }) => index.meeting(host)).filter(imports));
  const hosts = new Map<string, Set<number>>();
  for (const { spec, namespace } of imported) {
    for (const { destination } of destinationsOf(spec)) {
      const host = mesh.hosts.qualified(String(destination.host), namespace).toLowerCase();
      const { number } = objectOr(destination.port);
      const ports = hosts.get(host) ?? new Set();
      hosts.set(host, ports.add(typeof number === 'number' ? number : 0));
    }
  }
  return hosts;
}

/**
 * In the order in which Istio lists them: private ones, those exported by name, public ones, within these by age
 * (virtualservice.go SelectVirtualServices).
 */
export function inIstiosOrder(
  bound: readonly BoundHost[],
  namespace: string,
  byDefault: string,
): readonly (BoundHost & { readonly rank: number })[] {
  return bound
    .flatMap((one) => {
      const rank = rankOf(one.object, namespace, byDefault);
      return rank === undefined ? [] : [{ ...one, rank }];
    })
    .sort((a, b) => a.rank - b.rank || olderFirst(a.object, b.object));
}

/** 0 private, 1 exported by name, 2 public; undefined = not seen. */
export function rankOf({ spec, namespace: home }: MeshObject, namespace: string, byDefault: string): 0 | 1 | 2 | undefined {
  const audience = audienceOf(listOr(spec.exportTo).map(String), home, byDefault);
  if (audience === 'everyone') return 2;
  if (!isSeenFrom(audience, namespace)) return undefined;
  return home === namespace && audience.length === 1 ? 0 : 1;
}

const sidecars = questionsOf((mesh: Mesh): { readonly in: (namespace: string) => readonly MeshObject[] } => {
  const byNamespace = new Map<string, MeshObject[]>();
  for (const one of mesh.shown('Sidecar')) {
    const known = byNamespace.get(one.namespace);
    if (known === undefined) byNamespace.set(one.namespace, [one]);
    else known.push(one);
  }
  return { in: (namespace) => byNamespace.get(namespace) ?? [] };
});

/** One with a selector before that of the namespace, that before the root namespace's; of several the first by name, where Istio takes the oldest. */
function sidecarOf(mesh: Mesh, { namespace, labels }: RequestSource): MeshObject | undefined {
  const root = mesh.environment.mesh.rootNamespace;
  const near = [...new Set([namespace, root])]
    .flatMap((home) => sidecars(mesh).in(home))
    .sort((a, b) => byCodePoint(titleOf(a), titleOf(b)));
  const own = near.filter((one) => one.namespace === namespace);
  const selecting = own.find((one) => isSelecting(one) && Object.entries(selectorOf(one)).every(([key, value]) => labels[key] === value));
  return selecting ?? own.find((one) => !isSelecting(one)) ?? near.find((one) => one.namespace === root && !isSelecting(one));
}

function selectorOf({ spec }: MeshObject): JsonObject {
  return objectOr(objectOr(spec.workloadSelector).labels);
}

function isSelecting(object: MeshObject): boolean {
  return Object.keys(selectorOf(object)).length > 0;
}

/** Undefined where the Sidecar says nothing about egress: then everything is seen. A listener with a port counts for that port alone. */
function egressHosts(sidecar: MeshObject, port: number): readonly EgressHost[] | undefined {
  const listeners = listOr(sidecar.spec.egress).filter(isObject);
  if (listeners.length === 0) return undefined;
  const own = listeners.filter((listener) => objectOr(listener.port).number === port);
  const chosen = own.length > 0 ? own : listeners.filter((listener) => listener.port === undefined);
  return chosen
    .flatMap((listener) => listOr(listener.hosts))
    .flatMap((written): readonly EgressHost[] => {
      const [space = '', host = ''] = String(written).split('/');
      return space === '~' ? [] : [{ namespace: space === '.' ? sidecar.namespace : space, host }];
    });
}

function importsHost(egress: readonly EgressHost[], { host, namespace }: KnownHost): boolean {
  return egress.some((one) => (one.namespace === '*' || one.namespace === namespace) && hostWithin(host, one.host));
}

function importsVirtualService(egress: readonly EgressHost[], { spec, namespace }: MeshObject, mesh: Mesh): boolean {
  const hosts = listOr(spec.hosts).map((host) => mesh.hosts.qualified(String(host), namespace));
  return egress.some(
    (one) =>
      (one.namespace === '*' || one.namespace === namespace) &&
      hosts.some((host) => hostWithin(host, one.host) || hostWithin(one.host, host)),
  );
}

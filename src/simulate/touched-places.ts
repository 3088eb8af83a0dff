import { hostWithin, qualifiedGateway } from '../istio/host.ts';
import { destinationsOf, routesOf } from '../istio/virtual-service-parts.ts';
import type { KnownHost } from '../mesh/known-hosts.ts';
import type { Mesh } from '../mesh/mesh.ts';
import type { MeshObject } from '../mesh/mesh-object.ts';
import { type Json, type JsonObject, listOr, objectOr, sameJson, stableJson } from '../model/json.ts';
import type { Manifest } from '../model/manifest.ts';
import { allPlaces, type WantedPlaces } from './places.ts';
import type { Sources } from './sources.ts';

/**
 * The places at which two meshes may decide differently: those that a changed object, or a change of what is known of hosts, can reach.
 * All others have the same routes before and after, and cost nothing. `changed` are the objects of either mesh that the other has not, or
 * has otherwise.
 */
export function touchedPlaces(before: Sources, after: Sources, changed: ReadonlySet<Manifest>): WantedPlaces {
  const meshes = [before, after];
  if (!sameSurroundings(before.mesh, after.mesh)) return allPlaces;
  const objects = meshes.flatMap(({ mesh }) => mesh.objects.filter(({ manifest }) => changed.has(manifest)));
  if (objects.some(({ kind }) => kind === 'Sidecar')) return allPlaces;
  const hosts = new Set([...differingHosts(before.mesh, after.mesh), ...objects.flatMap((object) => hostsOf(object, before.mesh))]);
  const wide = [...hosts].filter((host) => host.startsWith('*'));
  const isTouched = (host: string): boolean => hosts.has(host) || wide.some((one) => hostWithin(host, one));
  const routed = new Set<string>();
  const bound = new Set<string>();
  for (const { mesh } of meshes) {
    const domain = (written: Json, namespace: string): string => mesh.hosts.qualified(String(written), namespace).toLowerCase();
    const reached = reachedServices(mesh, changed, ({ spec, namespace }) =>
      destinationsOf(spec).some(({ destination }) => isTouched(domain(destination.host ?? '', namespace))),
    );
    for (const { spec, namespace } of reached) {
      const names = listOr(spec.hosts).map((host) => domain(host, namespace));
      for (const name of names) routed.add(name);
      for (const gateway of listOr(spec.gateways).map(String)) if (gateway !== 'mesh') bound.add(qualifiedGateway(gateway, namespace));
    }
  }
  const wildcards = [...routed].filter((name) => name.startsWith('*'));
  const isRouted = (host: string): boolean => routed.has(host) || wildcards.some((one) => hostWithin(host, one));
  const widerThan = (name: string): boolean => name.startsWith('*') && [...routed].some((one) => hostWithin(one, name));
  const anyGateway = objects.some(({ kind }) => kind === 'Gateway');
  return {
    ofMesh: (host) => isTouched(host) || isRouted(host),
    // A virtual host is the narrower of a server's host and a VirtualService's.
    ofGateway: (gateway, name) => anyGateway || (bound.has(gateway) && (isRouted(name) || widerThan(name))),
  };
}

/** VirtualServices that changed or lead to what changed; with a delegate those that delegate to it. */
function reachedServices(mesh: Mesh, changed: ReadonlySet<Manifest>, leads: (object: MeshObject) => boolean): readonly MeshObject[] {
  const all = mesh.shown('VirtualService');
  const reached = all.filter((object) => changed.has(object.manifest) || leads(object));
  const leaves = new Set(
    reached.filter(({ spec }) => listOr(spec.hosts).length === 0).map(({ namespace, name }) => `${namespace}/${name}`),
  );
  if (leaves.size === 0) return reached;
  const roots = all.filter(({ spec, namespace: home }) =>
    routesOf(spec, ['http']).some(({ route }) => {
      const { name, namespace = home } = objectOr(route.delegate);
      return leaves.has(`${String(namespace)}/${String(name)}`);
    }),
  );
  return [...new Set([...reached, ...roots])];
}

/** The hosts whose clusters an object is about. */
function hostsOf({ kind, spec, namespace }: MeshObject, { hosts }: Mesh): readonly string[] {
  if (kind === 'DestinationRule') return [hosts.qualified(String(spec.host), namespace).toLowerCase()];
  return kind === 'ServiceEntry' ? listOr(spec.hosts).map((host) => String(host).toLowerCase()) : [];
}

/** What holds for the whole mesh, and who runs in it. */
function sameSurroundings(a: Mesh, b: Mesh): boolean {
  const facts = ({ environment }: Mesh): Json => [environment.istio.minor, environment.clusterDomain, { ...environment.mesh }];
  return (
    stableJson(facts(a)) === stableJson(facts(b)) &&
    JSON.stringify(a.cluster.workloads) === JSON.stringify(b.cluster.workloads) &&
    JSON.stringify(a.cluster.machines) === JSON.stringify(b.cluster.machines) &&
    sameJson(gatewaysOf(a), gatewaysOf(b))
  );
}

/** Those that no object of the manifests declares. */
function gatewaysOf({ gateways }: Mesh): JsonObject {
  return Object.fromEntries(
    gateways.all.flatMap(({ id, object, written, selector = {} }) => (object === undefined ? [[id, [written, selector]]] : [])),
  );
}

function differingHosts(a: Mesh, b: Mesh): readonly string[] {
  const [before, after] = [knownHosts(a), knownHosts(b)];
  return [...new Set([...before.keys(), ...after.keys()])].filter((host) => before.get(host) !== after.get(host));
}

function knownHosts({ hosts }: Mesh): ReadonlyMap<string, string> {
  const all = new Map<string, string>();
  for (const host of hosts.all) {
    const name = host.host.toLowerCase();
    all.set(name, `${all.get(name) ?? ''}${factsOf(host)}`);
  }
  return all;
}

function factsOf({ namespace, ports, selector, audience }: KnownHost): string {
  return JSON.stringify([namespace, ports, selector, audience]);
}

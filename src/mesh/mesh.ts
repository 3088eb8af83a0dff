import type { Environment, LoadedEnvironment } from '../model/environment.ts';
import type { JsonObject } from '../model/json.ts';
import type { Manifest } from '../model/manifest.ts';
import { type Cluster, readCluster } from './cluster.ts';
import { declaredGateways } from './declared-gateways.ts';
import { declaredServices } from './declared-services.ts';
import type { IstioKind } from './istio-kinds.ts';
import { type DeclaredGateway, type KnownGateways, knownGateways } from './known-gateways.ts';
import { type DeclaredService, type KnownHosts, knownHosts } from './known-hosts.ts';
import { type MeshObject, meshObject, registryObject } from './mesh-object.ts';
import { type ShiftedService, shiftedServices } from './shifted-services.ts';

/** Istio's objects together with what is known of the cluster around them: what rules about manifests read. */
export interface Mesh {
  readonly environment: Environment;
  /** In the order of the manifests. */
  readonly objects: readonly MeshObject[];
  readonly ofKind: (kind: IstioKind) => readonly MeshObject[];
  /** The same and, behind them, what `registry:` shows of the kind: what there is, whether it is judged here or not. */
  readonly shown: (kind: IstioKind) => readonly MeshObject[];
  readonly cluster: Cluster;
  readonly hosts: KnownHosts;
  readonly gateways: KnownGateways;
  /** Services whose weights a controller in the cluster moves. */
  readonly shifted: readonly ShiftedService[];
  /** The namespace of objects that name none. */
  readonly home: string;
}

/** What is known besides the manifests: objects of the cluster, and services and gateways that intents say are there. */
export interface Surroundings {
  readonly objects: readonly JsonObject[];
  readonly services: readonly DeclaredService[];
  /** Manifests whose shape is wrong; what was drawn from intents has been judged before. */
  readonly malformed?: ReadonlySet<Manifest>;
  readonly gateways: readonly DeclaredGateway[];
  readonly shifted?: readonly ShiftedService[];
}

export const noSurroundings: Surroundings = { objects: [], services: [], gateways: [] };

export function buildMesh(environment: Environment, manifests: readonly Manifest[], around: Surroundings): Mesh {
  const home = environment.namespace ?? 'default';
  const objects = manifests.flatMap((manifest) => meshObject(manifest, home, around.malformed?.has(manifest) !== true) ?? []);
  const own = groupedByKind(objects);
  const titles = new Set(objects.map(titleIn));
  const registered = around.objects
    .flatMap((object) => registryObject(object, home) ?? [])
    .filter((object) => !titles.has(titleIn(object)));
  const all = registered.length === 0 ? own : groupedByKind([...objects, ...registered]);
  const ofKind = (kind: IstioKind): readonly MeshObject[] => own.get(kind) ?? [];
  const shown = (kind: IstioKind): readonly MeshObject[] => all.get(kind) ?? [];
  const bodies = manifests.map(({ body }) => body);
  const cluster = readCluster(bodies, around.objects, home, environment.namespace !== undefined);
  const { clusterDomain, mesh } = environment;
  const hosts = knownHosts(cluster, shown('ServiceEntry'), around.services, { clusterDomain, exportTo: mesh.exportTo });
  const gateways = knownGateways(shown('Gateway'), around.gateways, cluster);
  return { environment, objects, ofKind, shown, cluster, hosts, gateways, shifted: around.shifted ?? [], home };
}

function groupedByKind(objects: readonly MeshObject[]): ReadonlyMap<IstioKind, readonly MeshObject[]> {
  const groups = new Map<IstioKind, MeshObject[]>();
  for (const object of objects) {
    const list = groups.get(object.kind);
    if (list === undefined) groups.set(object.kind, [object]);
    else list.push(object);
  }
  return groups;
}

function titleIn({ kind, namespace, name }: MeshObject): string {
  return `${kind} ${namespace}/${name}`;
}

/** The mesh of an environment: its manifests, what its `registry:` folders show, and the services and gateways that its intents are about. */
export function environmentMesh(
  { environment, intents, registry }: LoadedEnvironment,
  manifests: readonly Manifest[],
  malformed: ReadonlySet<Manifest>,
): Mesh {
  return buildMesh(environment, manifests, {
    objects: registry.objects,
    services: declaredServices(environment, intents),
    gateways: declaredGateways(environment, intents),
    shifted: shiftedServices(environment, intents),
    malformed,
  });
}

/** The mesh of an environment's own manifests alone, with the services and gateways that its intents are about: nothing that others wrote. */
export function declaredMesh({ environment, intents }: LoadedEnvironment, manifests: readonly Manifest[]): Mesh {
  return buildMesh(environment, manifests, {
    objects: [],
    services: declaredServices(environment, intents),
    gateways: declaredGateways(environment, intents),
  });
}

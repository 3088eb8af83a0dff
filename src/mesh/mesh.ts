import type { Environment, LoadedEnvironment } from '../model/environment.ts';
import type { JsonObject } from '../model/json.ts';
import type { Manifest } from '../model/manifest.ts';
import { type Cluster, readCluster } from './cluster.ts';
import { declaredServices } from './declared-services.ts';
import type { IstioKind } from './istio-kinds.ts';
import { type DeclaredService, type KnownHosts, knownHosts } from './known-hosts.ts';
import { type MeshObject, meshObject } from './mesh-object.ts';

/** Istio's objects together with what is known of the cluster around them: what rules about manifests read. */
export interface Mesh {
  readonly environment: Environment;
  /** In the order of the manifests. */
  readonly objects: readonly MeshObject[];
  readonly ofKind: (kind: IstioKind) => readonly MeshObject[];
  readonly cluster: Cluster;
  readonly hosts: KnownHosts;
  /** The namespace of objects that name none. */
  readonly home: string;
}

/** What is known besides the manifests: objects of the cluster, and services that intents declare. */
export interface Surroundings {
  readonly objects: readonly JsonObject[];
  readonly services: readonly DeclaredService[];
  /** Manifests whose shape is wrong; what was drawn from intents has been judged before. */
  readonly malformed?: ReadonlySet<Manifest>;
}

export function buildMesh(environment: Environment, manifests: readonly Manifest[], around: Surroundings): Mesh {
  const home = environment.namespace ?? 'default';
  const objects = manifests.flatMap((manifest) => meshObject(manifest, home, around.malformed?.has(manifest) !== true) ?? []);
  const byKind = new Map<IstioKind, MeshObject[]>();
  for (const object of objects) {
    const list = byKind.get(object.kind);
    if (list === undefined) byKind.set(object.kind, [object]);
    else list.push(object);
  }
  const ofKind = (kind: IstioKind): readonly MeshObject[] => byKind.get(kind) ?? [];
  const cluster = readCluster([...manifests.map(({ body }) => body), ...around.objects], home);
  const hosts = knownHosts(cluster, ofKind('ServiceEntry'), around.services, environment.clusterDomain);
  return { environment, objects, ofKind, cluster, hosts, home };
}

/** The mesh of an environment: its manifests, what its `registry:` folders show, and the services that its intents are about. */
export function environmentMesh(
  { environment, intents, registry }: LoadedEnvironment,
  manifests: readonly Manifest[],
  malformed: ReadonlySet<Manifest>,
): Mesh {
  return buildMesh(environment, manifests, { objects: registry.objects, services: declaredServices(environment, intents), malformed });
}

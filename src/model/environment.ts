import type { Intent, Layered } from './intent.ts';
import type { IstioVersion } from './istio-version.ts';
import type { JsonObject } from './json.ts';
import type { Pointer } from './pointer.ts';
import type { RepoPath } from './source.ts';

/** What holds for a whole environment, its `extends` chain merged. */
export interface Environment extends Layered {
  readonly name: string;
  /** Folder names in merge order; the environment's own comes last. */
  readonly chain: readonly string[];
  readonly istio: IstioVersion;
  /** Default namespace of intents and manifests; absent = manifests carry none. */
  readonly namespace?: string;
  readonly clusterDomain: string;
  readonly user?: UserIdentity;
  readonly mesh: MeshFacts;
  readonly sidecars: boolean;
  readonly authorization?: 'dry-run' | 'enforce';
  readonly shards: number;
  readonly layout: Layout;
  readonly labels: JsonObject;
}

export type Layout = 'by-intent' | 'by-kind' | 'single';

/** How a request shows whose it is. */
export type UserIdentity =
  | { readonly by: 'header'; readonly name: string }
  | { readonly by: 'cookie'; readonly name: string }
  | { readonly by: 'claim'; readonly name: string };

/** What Mainsheet is told of the mesh's own configuration. */
export interface MeshFacts {
  readonly outboundTrafficPolicy: 'ALLOW_ANY' | 'REGISTRY_ONLY';
  readonly rootNamespace: string;
  readonly trustDomain: string;
  readonly exportTo: string;
}

/** Objects of the cluster that an environment's `registry:` folders show: they inform, they are never rendered. */
export interface Registry {
  readonly deployments: readonly RegistryWorkload[];
  /** The same folders' objects as they are: Services, workloads, Namespaces, Secrets. */
  readonly objects: readonly JsonObject[];
}

export interface RegistryWorkload {
  readonly name: string;
  readonly namespace?: string;
  readonly labels: JsonObject;
  readonly serviceAccount: string;
}

/** A hand-written manifest that an environment passes through as it is. */
export interface PassedManifest {
  readonly file: RepoPath;
  readonly document: number;
  /** Where it stands in its document: '' for the document itself, '/items/3' for an item of a List. */
  readonly pointer: Pointer;
  readonly body: JsonObject;
}

/** What loading yields: everything the later stages read. */
export interface LoadedEnvironment {
  readonly environment: Environment;
  readonly intents: readonly Intent[];
  readonly registry: Registry;
  readonly manifests: readonly PassedManifest[];
}

import type { JsonObject } from './json.ts';
import type { Pointer } from './pointer.ts';
import type { Place, RepoPath } from './source.ts';
import type { WeightsOwner } from './words.ts';

/** Where a GitOps engine reads what it applies. No user, password or token is ever part of an address. */
export interface DeploySource {
  readonly kind: 'git' | 'oci';
  /** https://…, ssh://… or oci://… */
  readonly url: string;
  /** A branch, a commit, or a full name of a ref ('refs/tags/v1'); of an artifact a tag, or a digest ('sha256:…'). */
  readonly revision: string;
}

/** An object with fields that another controller writes: whoever applies git leaves these alone. */
export interface OwnedObject {
  readonly owner: Exclude<WeightsOwner, 'git'>;
  /** The service that says so: 'reviews'. */
  readonly service: string;
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  /** Of the rendered object, each place by itself: '/spec/http/0/route/1/weight'. */
  readonly pointers: readonly Pointer[];
  /** The same for any number of routes, as jq says it: '.spec.http[].route[].weight'. */
  readonly paths: readonly string[];
  /** Whether routes beside them are moved by git, or the object is another service's: what an engine keeps there is kept for these, too. */
  readonly isShared: boolean;
  /** The words behind it. */
  readonly at?: Place;
}

/** One environment as an engine applies it. */
export interface DeployedEnvironment {
  readonly name: string;
  /** Folders with a kustomization, one for each shard; the name of each says which: '' or 'shard-0'. */
  readonly folders: readonly { readonly shard: string; readonly path: RepoPath }[];
  /** Where objects go that name no namespace. */
  readonly namespace?: string;
  /** The cluster, as the engine names it; absent: the engine's own. */
  readonly cluster?: string;
  readonly owned: readonly OwnedObject[];
}

export interface Deployment {
  /** What names of objects begin with: 'mainsheet'. */
  readonly name: string;
  readonly source: DeploySource;
  /** Those of the promotion order first, in that order; each is applied after the one before it. */
  readonly ordered: readonly DeployedEnvironment[];
  /** Those that wait for nobody. */
  readonly others: readonly DeployedEnvironment[];
  /** The namespace of the engine's own objects. */
  readonly namespace: string;
  /** Of Argo CD. */
  readonly project: string;
  /** Argo CD: one ApplicationSet that goes through the environments in order, instead of an Application each. */
  readonly isSet: boolean;
  /** Argo CD: loads plain files instead of running kustomize. */
  readonly isDirectory: boolean;
  /** Argo CD: what is referred to in a sync wave before what refers to it. */
  readonly hasWaves: boolean;
  /** Flux: the Secret with credentials for the source. */
  readonly secret?: string;
}

/** An engine's object, and the file that it stands in. */
export interface DeployObject {
  /** 'mainsheet-prod.yaml': of one object alone. */
  readonly file: RepoPath;
  readonly body: JsonObject;
}

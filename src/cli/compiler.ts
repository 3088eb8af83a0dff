import type { Diagnostic, LocatedDiagnostic } from '../model/diagnostic.ts';
import type { LoadedEnvironment } from '../model/environment.ts';
import type { ForgeSetting } from '../model/forge.ts';
import type { IstioVersion } from '../model/istio-version.ts';
import type { JsonObject } from '../model/json.ts';
import type { Manifest } from '../model/manifest.ts';
import type { Result } from '../model/result.ts';
import type { FileTree, RepoPath } from '../model/source.ts';
import type { Comparison } from '../model/traffic-diff.ts';

/** Where `mainsheet.yaml` says things are. */
export interface Locations {
  readonly environments: RepoPath;
  readonly templates: RepoPath;
  readonly rendered: RepoPath;
  readonly forge?: ForgeSetting;
  /** The environments in which versions are promoted, one after the other. */
  readonly order?: readonly { readonly environment: string }[];
  /** The branch that pull requests go to. */
  readonly base?: string;
  readonly automerge: 'never' | 'no-traffic' | 'gated';
  /** How many pull requests one run opens at most. */
  readonly maxPullRequests: number;
  readonly phases: 'pull-requests' | 'sync-waves';
  /** Where rendered files are, if not beside the intents. */
  readonly output?: { readonly repository?: string; readonly branch?: string };
}

/** A step of a change of the number of shards: as before with the movers guarded, or as it shall be with the movers still guarded. */
export interface Reshard {
  readonly from: number;
  readonly to: number;
  readonly step: 'guard' | 'move';
}

export interface CompileOptions {
  readonly parsed?: {
    readonly isFollowed?: (environment: string) => boolean;
    readonly get: (text: string) => readonly JsonObject[] | undefined;
    readonly put: (text: string, documents: readonly JsonObject[]) => void;
  };
  readonly reshard?: Reshard;
  /** YYYY-MM-DD. */
  readonly today?: string;
  /** Leave out what is said of finished manifests, and the files; 'folders': but say which file each stands in. */
  readonly until?: 'manifests' | 'folders';
}

/** What the commands need of a compilation. */
export interface Compiled {
  readonly ok: boolean;
  /** The number of shards that the files are laid out in; 1 = none. */
  readonly shards: number;
  readonly loaded?: LoadedEnvironment;
  /** Paths below the environment's output folder, texts without their mark; empty when there are errors. */
  readonly files: FileTree;
  readonly manifests: readonly Manifest[];
  /** How many manifests there are, where they are not at hand themselves. */
  readonly count?: number;
  /** Which object stands in which file, in order. */
  readonly folders: readonly {
    readonly folder: string;
    readonly files: readonly { readonly path: RepoPath; readonly manifests: readonly Manifest[] }[];
  }[];
  readonly diagnostics: readonly LocatedDiagnostic[];
}

/** The pipeline as the commands see it. */
export interface Compiler {
  readonly settings: Result<Locations>;
  /** Those that are rendered, sorted. */
  readonly environments: () => Result<readonly string[]>;
  readonly compile: (environment: string) => Compiled;
  readonly locate: (diagnostics: readonly Diagnostic[]) => readonly LocatedDiagnostic[];
}

export type CreateCompiler = (tree: FileTree, options: CompileOptions) => Compiler;

type CheckedMesh = import('../pipelines/check-manifests.ts').CheckedManifests['mesh'];

/** What is told of a mesh whose manifests no environment holds. */
export interface GivenMesh {
  readonly istio?: IstioVersion;
  readonly namespace?: string;
}

export interface CheckedManifests {
  /** The objects beside one another, to be asked where requests go. */
  readonly mesh: CheckedMesh;
  readonly manifests: readonly Manifest[];
  /** Other Kubernetes objects that were read. */
  readonly others: number;
  /** Documents that are no Kubernetes objects. */
  readonly passedOver: number;
  /** Whether everything could be read. */
  readonly isWhole: boolean;
  /** Objects that their schemas do not accept, by title. */
  readonly malformed: ReadonlySet<string>;
  readonly diagnostics: readonly LocatedDiagnostic[];
}

/** A path as it was named, '-' for standard input, and the files that it led to. */
export interface NamedInput {
  readonly path: string;
  readonly files: readonly RepoPath[];
}

export interface CheckRequest extends GivenMesh {
  readonly named?: readonly NamedInput[];
  /** What could not be read at all. */
  readonly unread: readonly Diagnostic[];
  /** Files with the cluster's own CustomResourceDefinitions. */
  readonly crds?: FileTree;
}

export type CheckManifests = (tree: FileTree, request: CheckRequest) => CheckedManifests;

/** A compiled environment, as far as it is compared. */
export interface ComparedEnvironment extends Pick<Compiled, 'manifests' | 'folders' | 'files'> {
  readonly loaded: LoadedEnvironment;
}

export interface ComparedFolder {
  readonly tree: FileTree;
  /** What its paths begin with. */
  readonly root: string;
}

/** No comparison where a side could not be read. */
export interface ComparedTrees {
  readonly comparison?: Comparison;
  readonly diagnostics: readonly LocatedDiagnostic[];
}

/** The page that compares meshes, as the commands see it. */
export interface Comparer {
  readonly compareFolders: (before: ComparedFolder, after: ComparedFolder, given: CheckRequest) => ComparedTrees;
  /** `sources`: the texts of the intents. */
  readonly compareEnvironments: (before: ComparedEnvironment, after: ComparedEnvironment, sources: FileTree) => Comparison;
  /** `rendered`: what stands on disk, by path beneath the environment's output folder. */
  readonly compareWithRendered: (rendered: FileTree, after: ComparedEnvironment, sources: FileTree) => ComparedTrees;
  /** One environment as two commits have it; `earlier`: the texts of the older one's intents, and its name. */
  readonly compareVersions: (
    before: ComparedEnvironment,
    after: ComparedEnvironment,
    sources: FileTree,
    earlier: { readonly tree: FileTree; readonly name: string },
  ) => Comparison;
  readonly printedObject: (body: JsonObject) => string;
}

import type { Json } from './json.ts';
import type { Pointer } from './pointer.ts';
import type { RouteOutcome } from './route-outcome.ts';
import type { ManifestPlace, MeshRequest } from './routing.ts';
import type { RepoPath } from './source.ts';

/** What changes for the requests of one place. */
export interface TrafficDiff {
  /** As people say it: 'reviews', 'bookinfo.example.com'. */
  readonly name: string;
  /** Qualified; may be a wildcard. */
  readonly host: string;
  readonly port: number;
  /** 'namespace/name'; absent = sidecars of the mesh. */
  readonly gateway?: string;
  /** Whose requests, where not all callers see the same: 'from namespace shop'. */
  readonly callers?: string;
  /** In the order in which routes are tried. */
  readonly classes: readonly TrafficChange[];
  /** The largest share that moves in any class, in percent. */
  readonly shiftedPercent: number;
  readonly reachability: Reachability;
}

export type Reachability = 'same' | 'gained' | 'lost';

/** Requests for which the same becomes of them before, and the same after; the two differ. */
export interface TrafficChange {
  /** What they have in common, in words; several where several conditions share the change. */
  readonly requests: readonly string[];
  readonly witness: Witness;
  readonly before: RouteOutcome;
  readonly after: RouteOutcome;
  /** Half the L1 distance of the two distributions, in percent: how much of the class ends elsewhere than before. */
  readonly shiftedPercent: number;
  readonly reachability: Reachability;
  /** What else holds on the way or at a destination that stays. */
  readonly policies: readonly PolicyChange[];
  readonly causes: readonly Cause[];
}

/** A request of the class, confirmed on both route lists; or why none could be found, so that there may be none. */
export type Witness =
  | { readonly kind: 'confirmed'; readonly request: MeshRequest }
  | { readonly kind: 'undecided'; readonly because: string };

export interface PolicyChange {
  /** 'timeout', 'retries.attempts', 'loadBalancer.simple' */
  readonly field: string;
  /** Of the destination whose policy it is; absent for what the route itself says. */
  readonly destination?: string;
  readonly before?: Json;
  readonly after?: Json;
}

/** A changed manifest that the change comes from, and the words behind it. */
export interface Cause {
  /** 'VirtualService bookinfo/reviews' */
  readonly manifest: string;
  /** Of the route before and after, where it is one. */
  readonly route?: ManifestPlace;
  /** 'service reviews' */
  readonly owner?: string;
  readonly at?: SourceLine;
}

export interface SourceLine {
  readonly file: RepoPath;
  /** From 1. */
  readonly line: number;
}

export type Action = 'create' | 'update' | 'delete' | 'unchanged';

/** What becomes of one object. */
export interface Change {
  /** 'VirtualService bookinfo/reviews' */
  readonly id: string;
  readonly action: Action;
  /** RFC 6902: they make the object before into the one after. */
  readonly operations: readonly PatchOperation[];
  readonly before?: Json;
  readonly after?: Json;
}

export type PatchOperation =
  | { readonly op: 'add' | 'replace'; readonly path: Pointer; readonly value: Json }
  | { readonly op: 'remove'; readonly path: Pointer };

/** Two meshes, compared. */
export interface Comparison {
  readonly traffic: readonly TrafficDiff[];
  /** Of every object of either, in order by id. */
  readonly changes: readonly Change[];
  /** Files whose texts differ while every object in them says the same. */
  readonly formatting: readonly RepoPath[];
  /** The home namespace of the one, taken for that of the other: what is named alike in two environments is compared. */
  readonly namespaces?: { readonly before: string; readonly after: string };
  /** Changed objects that act on requests in ways that are not simulated: what they do is not in `traffic`. */
  readonly notSimulated: readonly string[];
  /** What the input could not tell, where the answer rests on it. */
  readonly assumptions: readonly string[];
}

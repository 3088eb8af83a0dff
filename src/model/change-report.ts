import type { JsonObject } from './json.ts';
import type { MeshRequest, RouteDecision } from './routing.ts';
import type { FileTree } from './source.ts';

/**
 * What becomes of a change: nothing to do, one step in any order of objects or in Argo CD's waves alone, several steps, or no safe way;
 * `unsplit` where it has to be split and can't be.
 */
export type ChangeVerdict = 'unchanged' | 'safe' | 'safe-in-waves' | 'phased' | 'refused' | 'unsplit';

export interface ReportedObject {
  /** 'VirtualService bookinfo/reviews' */
  readonly id: string;
  readonly action: 'create' | 'update' | 'delete';
  /** Where only Argo CD's order is safe: its sync wave there; what is deleted is pruned last. */
  readonly wave?: number | 'last';
}

export interface ReportedIntent {
  readonly title: string;
  readonly action: 'created' | 'changed' | 'deleted';
  /** An RFC 7386 patch over what it said before; of a new one all that it says. */
  readonly patch: JsonObject;
}

export interface ReportedPhase {
  readonly name: 'expand' | 'shift' | 'contract';
  readonly objects: readonly ReportedObject[];
  readonly intents: readonly ReportedIntent[];
  /** What it renders to, by path beneath the environment's output folder. */
  readonly files: FileTree;
}

/** Why an order of objects is not safe. */
export type ReportedFailure =
  /** A request that would see what it sees neither before nor after. */
  | {
      readonly kind: 'request';
      readonly request: MeshRequest;
      /** Objects that are as they shall be, and objects that are still as they were. */
      readonly applied: readonly string[];
      readonly waiting: readonly string[];
      readonly sees: RouteDecision;
      readonly before: RouteDecision;
      readonly after: RouteDecision;
    }
  /** Objects that narrow what callers see or may call, beside routes that move. */
  | { readonly kind: 'narrowing'; readonly objects: readonly string[] };

/** A change of an environment, and the way from the old mesh to the new one. */
export interface ChangeReport {
  readonly environment?: string;
  readonly verdict: ChangeVerdict;
  readonly objects: readonly ReportedObject[];
  /** Why it can't be applied at once. */
  readonly failure?: ReportedFailure;
  /** Why phases do not help; where the change is refused. */
  readonly refusal?: ReportedFailure;
  readonly phases: readonly ReportedPhase[];
  /** Whether every state in between was looked at, for every class of requests; otherwise `safe` says that none was found to be unsafe. */
  readonly isComplete: boolean;
  /** What limits the answer. */
  readonly notes: readonly string[];
}

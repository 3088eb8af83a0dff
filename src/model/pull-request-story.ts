import type { ChangeReport } from './change-report.ts';
import type { PullRequestTrailer } from './pull-request.ts';
import type { GateEvidence, RolloutBlock } from './rollout.ts';
import type { RepoPath } from './source.ts';
import type { Comparison, SourceLine } from './traffic-diff.ts';

/** All that the body of a pull request tells. The body is a view of it; what counts is in git. */
export interface PullRequestStory {
  readonly trailer: PullRequestTrailer;
  /** Those that the change reaches, in order. */
  readonly environments: readonly StoryEnvironment[];
  /** Intents and what belongs to them, as they are edited; sorted by path. */
  readonly inputs: readonly StoryFile[];
  /** Of a rollout: every step of its plan. */
  readonly steps?: readonly StoryStep[];
  /** What was measured before this step was proposed. */
  readonly gates?: readonly StoryGate[];
  readonly waitsFor?: AwaitedState;
  /** What guardrails have against merging it now. */
  readonly blocks?: readonly RolloutBlock[];
  /** Of a rollout: what it goes on with once all phases of this are merged. */
  readonly follows?: string;
  /** Rendered files that a person edited on the base branch, and that are replaced all the same. */
  readonly replaced?: readonly RepoPath[];
  /** Inputs that can't be compiled as the base branch has them, and are put back to what they were before. */
  readonly restored?: readonly RepoPath[];
  /** What a person types, where there is more than a revert: 'mainsheet rollout rollback reviews --env prod'. */
  readonly commands: StoryCommands;
  /** Where rendered manifests go, if not into this pull request: 'branch rendered', 'https://git.example.com/rendered'. */
  readonly renderedElsewhere?: string;
}

/** What has to be live before it may be merged: the phase before, or what the base branch says. */
export type AwaitedState = 'phase' | 'base';

export interface StoryEnvironment {
  readonly name: string;
  /** From what is rendered on the base branch to what this pull request renders. */
  readonly comparison: Comparison;
  /** The way to all that the change is after; this pull request is its first phase. */
  readonly plan?: ChangeReport;
  readonly warnings: readonly StoryWarning[];
  /** The base branch has nothing of it, neither intents nor manifests, and not every order of applying it is safe. */
  readonly isIntroduced?: boolean;
  /** Its files are those of an earlier commit, byte for byte: nothing was compiled, and nothing proven of the intents. */
  readonly isRecorded?: boolean;
}

export interface StoryFile {
  readonly path: RepoPath;
  readonly action: 'create' | 'update' | 'delete';
}

export interface StoryWarning {
  readonly code: string;
  readonly message: string;
  readonly at?: SourceLine;
}

export type StoryGate = Pick<GateEvidence, 'gate' | 'outcome' | 'detail' | 'queries' | 'definition'>;

export interface StoryStep {
  /** '25 %' */
  readonly name: string;
  readonly state: 'done' | 'now' | 'to-come';
  /** 'soak 1h, gates success-rate' */
  readonly note?: string;
}

export interface StoryCommands {
  /** Shows what does not fit. */
  readonly more: string;
  readonly hold?: string;
  readonly rollback?: string;
}

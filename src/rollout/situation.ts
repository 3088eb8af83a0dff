import type { GateDefinition, GateEvidence, Guardrails, RolloutState, Seconds } from '../model/rollout.ts';

/** All that a decision about a rollout rests on. Nothing else does: the same situation, the same move. */
export interface RolloutSituation {
  readonly state: RolloutState;
  /** Seconds since 1970. */
  readonly now: Seconds;
  /** The environment's gates by name. */
  readonly gates: ReadonlyMap<string, GateDefinition>;
  /** What was measured just now, for each member and gate that was asked. */
  readonly evidence: readonly MemberEvidence[];
  readonly guardrails: Guardrails;
  readonly surroundings: RolloutSurroundings;
}

export interface MemberEvidence {
  readonly service: string;
  readonly evidence: GateEvidence;
}

/** What is around a rollout, as far as it may keep it from moving. */
export interface RolloutSurroundings {
  /** How many other rollouts of the environment are on their way. */
  readonly otherActive: number;
  /** A pull request for the same key that is not this rollout's own, or that a person has changed: as people name it. */
  readonly foreignPullRequest?: string;
  /** Why the rollout's own open pull request goes back from what the base branch says now: until a person merges or closes it, it stays. */
  readonly proposedRollback?: string;
  /** What is wrong with the environment's inputs: 'MS1040 environments/prod/details.yaml:3'. */
  readonly errors?: string;
  /** Environments that come before this one in `order:`. */
  readonly upstream: readonly UpstreamFact[];
  /** By service: why it is not known that the version has ready pods; absent = it is known. */
  readonly unready: ReadonlyMap<string, string>;
  /** What still routes to a version that may retire: titles of intents, by service. */
  readonly inUse: ReadonlyMap<string, readonly string[]>;
  /** Other rollouts that move a member of this train, or trains that this service rides: by service. */
  readonly claimedBy: ReadonlyMap<string, string>;
}

/** What an environment upstream says of a version. */
export interface UpstreamFact {
  readonly environment: string;
  readonly service: string;
  readonly version: string;
  /** How long a version has to be stable there. */
  readonly soak: Seconds;
  /** Since when it is stable there; absent = it is not. */
  readonly stableSince?: Seconds;
}

export const noSurroundings: RolloutSurroundings = {
  otherActive: 0,
  upstream: [],
  unready: new Map(),
  inUse: new Map(),
  claimedBy: new Map(),
};

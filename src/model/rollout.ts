import type { MetricAnswer, MetricFailure, MetricQuery, MetricShape } from './measurement.ts';

/** How a service's canary gets from nothing to everything: `rollout:` of a service, over that of its environment, short forms written out. */
export interface RolloutPlan {
  /** At least one; percents grow, after any steps of 0 percent. */
  readonly steps: readonly RolloutStep[];
  /** After 100 %: how long until the version that was stable before leaves `versions`; absent = never by itself. */
  readonly retireAfter?: Seconds;
  readonly onFailure: 'rollback' | 'hold';
  /** What becomes of a rollout when another version is asked for. */
  readonly newVersion: 'queue' | 'replace' | 'hold';
  /** Percents of the way back, falling, 0 last, one pull request each; absent = back at once. */
  readonly back?: readonly number[];
  /** A person holds it: nothing moves forward. */
  readonly hold?: RolloutHold;
  /** How the first step from 0 percent knows that the new version has ready pods. */
  readonly readiness: Readiness;
  readonly live: LiveCheck;
  /** What `rollout start` writes into `canary.sticky`; absent = each request is drawn anew. */
  readonly sticky?: StickyPlan;
}

/** One traffic state of a plan. What is not written at a step is what the plan says. */
export interface RolloutStep {
  /** Of the stable traffic; 0 for a step that only mirrors or pins. */
  readonly percent: number;
  /** Percent of the stable traffic that is copied to the canary. */
  readonly mirror?: number;
  /** How long the step has to be live, before the next may be proposed. */
  readonly soak: Seconds;
  /** Names from `gates:`, asked while this step is live, before the next is proposed (after the last: before the rollout finishes). */
  readonly gates: readonly string[];
  /** The pull request *of this step* waits for a person, whatever `automerge` says. */
  readonly approve: boolean;
}

export type Seconds = number;

export interface RolloutHold {
  readonly reason?: string;
}

export type Readiness =
  /** `assumeReady: true`. */
  | { readonly kind: 'assumed' }
  /** The registry shows its Deployment, and this gate passes, where there is one. */
  | { readonly kind: 'evidence'; readonly gate?: string };

/** How users are remembered while the rollout runs. */
export interface StickyPlan {
  /** The cookie's name. */
  readonly cookie: string;
  /** How long browsers keep it; absent = until they are closed. */
  readonly maxAge?: Seconds;
  /** For callers inside the mesh as well. */
  readonly mesh: boolean;
}

/** A gate as `gates:` of an environment defines it. */
export interface GateDefinition {
  readonly name: string;
  /** Key of `prometheus:`. */
  readonly provider: string;
  readonly measure: GateMeasure;
  /** In the measure's unit: percent, milliseconds, requests per second, or what the query yields. */
  readonly min?: number;
  readonly max?: number;
  /** Against what: bounds on the canary's value itself, or on what it is more than the stable version's. */
  readonly compare: 'absolute' | 'stable';
  /** Allowed beyond the bound, in the measure's unit; inclusive. */
  readonly tolerance: number;
  readonly over: Seconds;
  /** Requests of the canary in the window below which nothing is concluded; of canary and stable for an observed share. */
  readonly minSamples: number;
  /** Age of the newest sample above which nothing is concluded: two scrapes. Absent = 120, as Prometheus scrapes each minute unless told otherwise. */
  readonly maxAge?: Seconds;
  /** Labels that each series of a built-in query has to carry, such as the cluster's where several share a Prometheus. */
  readonly labels?: Readonly<Record<string, string>>;
  /** After a step is live, how long measurements are not asked for; default `over`, so that the window begins when the step is live. */
  readonly warmUp: Seconds;
}

export type GateMeasure =
  /** Percent of requests that did not fail (5xx, or no answer), as callers see it. */
  | { readonly kind: 'success-rate' }
  /** Milliseconds. */
  | { readonly kind: 'latency'; readonly quantile: number }
  /** Requests per second. */
  | { readonly kind: 'request-volume' }
  /** Percent of the service's requests that the canary gets: is the step live? */
  | { readonly kind: 'observed-share' }
  /**
   * PromQL in which `{{name}}` stands for a value: in a label's quoted value, as a number or a duration; values are bound, never spliced.
   * `samples` counts what the value is made of; absent = the canary's requests by Istio's metrics.
   */
  | { readonly kind: 'query'; readonly query: string; readonly samples?: string };

export interface PrometheusServer {
  readonly name: string;
  readonly url: string;
  /** The environment variable that holds the bearer token. */
  readonly tokenEnv?: string;
  /** For the `labels` of every gate that asks this server. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** What a gate's query is about. */
export interface GateSubject {
  readonly environment: string;
  readonly service: string;
  /** Qualified, as Istio's `destination_service`. */
  readonly host: string;
  readonly namespace: string;
  readonly stable: GateVersion;
  readonly canary: GateVersion;
  readonly percent: number;
  /** What `percent` was before this step: a share that is nearer to it is not this step's. */
  readonly previousPercent?: number;
  /** Percent of the stable traffic that is copied to the canary; callers do not report copies, the canary does. */
  readonly mirror?: number;
  /** Pins and fixed routes lead to the canary as well: its share has no upper bound. */
  readonly hasFixedTraffic: boolean;
  /** Absent = http. */
  readonly protocol?: 'http' | 'tcp';
  /** Since when the step is live, seconds since 1970; absent = not known, warm-up is not asked about. */
  readonly liveSince?: Seconds;
}

export interface GateVersion {
  readonly version: string;
  /** The subset's `version` label, Istio's `destination_version`. */
  readonly label?: string;
  /** Istio's `destination_canonical_revision` of its pods; absent = the same as `label`. */
  readonly revision?: string;
}

export type GateOutcome = 'pass' | 'fail' | 'inconclusive' | 'error';

/** Why; docs/gates.md says what each means. Recorded in commits: a word never changes its meaning. */
export type GateReason =
  | 'within-bounds'
  | 'below-minimum'
  | 'above-maximum'
  | 'share-above'
  | 'share-below'
  | 'low-traffic'
  | 'warm-up'
  | 'clock-skew'
  | 'stale'
  | 'no-data'
  | 'not-a-number'
  | 'infinite'
  | 'too-few-samples'
  | 'no-baseline'
  | 'too-few-baseline-samples'
  /** A measurement is missing, there twice, or there is no bound to hold it against. */
  | 'incomplete'
  | Exclude<MetricShape, 'empty'>
  | MetricFailure;

export interface GateVerdict {
  readonly outcome: GateOutcome;
  readonly reason: GateReason;
  /** One sentence for a person, with the numbers. */
  readonly detail: string;
}

/** What a gate saw, so that anyone can come to the same verdict again. */
export interface GateEvidence extends GateVerdict {
  readonly gate: string;
  readonly queries: readonly (MetricQuery & { readonly answer: MetricAnswer })[];
  /** As of when the queries were asked, seconds since 1970. */
  readonly at: Seconds;
  /** The server's clock minus `at`, where it is known: the largest of all answers. */
  readonly skew?: Seconds;
  readonly definition: GateDefinition;
  readonly subject: GateSubject;
}

/** Rules of an environment about changes. */
export interface Guardrails {
  /** Percent of a class that one pull request may move. */
  readonly maxShift?: number;
  readonly maxActiveRollouts?: number;
  readonly freeze: readonly FreezeWindow[];
  readonly forbid: readonly ForbiddenHabit[];
  readonly require: readonly RequiredWord[];
}

/** What `guardrails.forbid` can refuse. */
export const forbiddenHabits = ['fault', 'mirror', 'pins', 'patches', 'wildcard-host', 'wildcard-export', 'allow-from'] as const;
export type ForbiddenHabit = (typeof forbiddenHabits)[number];

/** What `guardrails.require` can ask of every service. */
export const requiredWords = [
  'timeout',
  'retries',
  'connectionPool',
  'outlierDetection',
  'dependsOn',
  'versions',
  'rollout',
  'tls',
] as const;
export type RequiredWord = (typeof requiredWords)[number];

/** From each time that `cron` names, for `for`. */
export interface FreezeWindow {
  readonly cron: string;
  readonly for: Seconds;
  /** IANA name; default UTC. */
  readonly timezone: string;
  readonly reason?: string;
}

/** How a step is known to be live. */
export type LiveCheck =
  | { readonly kind: 'gate'; readonly gate: string }
  /** A commit status of the GitOps engine on the merged commit. */
  | { readonly kind: 'status'; readonly context: string }
  /** The weakest: merged is taken for live. */
  | { readonly kind: 'merge' };

/** One place of `order:` in mainsheet.yaml. */
export interface PromotionStage {
  readonly environment: string;
  /** How long a version has to be stable here before it may go on. */
  readonly soak: Seconds;
}

/** Several services that move by one plan: `train:`. */
export interface Train {
  readonly name: string;
  /** By service, as the train names it: the version it moves to. */
  readonly services: Readonly<Record<string, string>>;
  /** Who moves first, all of them: providers before consumers. */
  readonly order: readonly string[];
  readonly plan?: RolloutPlan;
}

/** What the base branch says of one rollout, with since when. */
export interface RolloutState {
  readonly environment: string;
  /** The service or the train: what the branch and the pull request are about. */
  readonly subject: string;
  readonly isTrain: boolean;
  readonly plan: RolloutPlan;
  /** Who moves, providers first. A service by itself is the only one. */
  readonly members: readonly RolloutMember[];
  /** On the way back: nothing moves forward any more. */
  readonly isReturning: boolean;
  /** Asked for while another version was on its way: starts when that has ended. Of a service by itself. */
  readonly queued?: string;
  /** Phases of a change are still to come: they go first. */
  readonly hasNext: boolean;
  /** Committer date of the first-parent commit since which the base branch says so of all members, seconds since 1970. */
  readonly mergedAt?: Seconds;
  /** That commit. */
  readonly mergedIn?: string;
  /** Why it is not known to be live: 'argocd/prod says pending'; absent = nothing more is known about it. */
  readonly notLive?: string;
  /** Nothing that is rendered changed since the base branch says so: unless that renders to the same, it is nowhere yet. */
  readonly isUnrendered?: boolean;
  /** Since when it has been live without gap; undefined = not known to be. */
  readonly liveSince?: Seconds;
  /** Committer date of the commit since which `previous` stands there. */
  readonly finishedAt?: Seconds;
}

/** A service of a rollout. */
export interface RolloutMember {
  /** As messages and the train name it. */
  readonly service: string;
  readonly stable: string;
  readonly canary?: CanaryState;
  /** The version that gets its first share with a phase that is still to come. */
  readonly coming?: string;
  /** Stable before the last finish; removed by retire. */
  readonly previous?: string;
  /** The version that a train moves it to. */
  readonly target?: string;
}

export interface CanaryState {
  readonly version: string;
  readonly percent: number;
  /** Percent of the stable traffic that is copied to it. */
  readonly mirror: number;
  /** Present where users are remembered. */
  readonly sticky?: { readonly id: string; readonly seen: readonly number[] };
}

/** What happens next to a rollout, and why. */
export type RolloutMove =
  /** A version begins, in the place of another where one was on its way; of a train its first member. */
  | { readonly kind: 'start'; readonly service: string; readonly version: string; readonly step: number; readonly reason: string }
  /** A member goes to a step of the plan, counted from 0. */
  | { readonly kind: 'forward'; readonly service: string; readonly step: number; readonly reason: string }
  /** What stands in `next:` comes into force, or the next phase of it. */
  | { readonly kind: 'phase'; readonly reason: string }
  /** New becomes stable, stable becomes previous: no request moves. */
  | { readonly kind: 'finish'; readonly reason: string }
  /** `previous` leaves the intent, and `versions` where nothing routes to it. */
  | { readonly kind: 'retire'; readonly reason: string }
  /** All members go back: to a percentage on the way, or (0) to what was stable, or (previous) to what was stable before the finish. */
  | { readonly kind: 'rollback'; readonly to: number | 'previous'; readonly reason: string }
  /** A gate failed, and the plan says that a person decides: the intent says that it is held, and why. */
  | { readonly kind: 'hold'; readonly reason: string }
  | { readonly kind: 'wait'; readonly blocks: readonly RolloutBlock[] }
  | { readonly kind: 'done'; readonly reason: string };

/** Why a rollout does not move, and until when where that is known. */
export interface RolloutBlock {
  readonly kind: RolloutBlockKind;
  readonly reason: string;
  /** Seconds since 1970. */
  readonly until?: Seconds;
}

export type RolloutBlockKind =
  | 'soak'
  | 'gate'
  | 'freeze'
  | 'hold'
  | 'approval' // a person has to decide
  | 'limit'
  | 'not-live'
  | 'not-ready' // nothing shows that the new version has ready pods
  | 'warm-up'
  | 'upstream'
  | 'open-pull-request'
  | 'max-shift'
  | 'pull-requests' // a run has opened as many as it may
  | 'in-use' // something still routes to what shall leave
  | 'clock' // a commit of the future
  | 'errors'; // the environment's inputs can't be compiled

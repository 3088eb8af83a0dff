import type { IntentKind } from './intent.ts';
import type { Json, JsonObject } from './json.ts';
import type { Pointer } from './pointer.ts';
import type { Seconds } from './rollout.ts';
import type { WeightsOwner } from './words.ts';

/** All that the page of `mainsheet site` shows, but for what its request box asks: plain data, the same for the same inputs. */
export interface Site {
  readonly title: string;
  /** Of Mainsheet. */
  readonly version: string;
  /** What the intents were read from; absent where there is no git. */
  readonly commit?: SiteCommit;
  /** Of a shallow clone: what is older than its commits is not known, neither changes nor dates. */
  readonly isShallow: boolean;
  /** Input files that are not as that commit has them. */
  readonly uncommitted: number;
  readonly environments: readonly SiteEnvironment[];
}

export interface SiteEnvironment {
  readonly name: string;
  /** '1.29' */
  readonly istio: string;
  readonly namespace?: string;
  /** By id, sorted. */
  readonly intents: readonly SiteIntent[];
  /** Of no intent: the environment's own. */
  readonly findings: readonly SiteFinding[];
}

/** Where words stand: a file of the repository and a line, from 1. Absent line: the file as a whole. */
export interface SitePlace {
  readonly file: string;
  readonly line?: number;
}

/** An intent of one environment, as its own page shows it. */
export interface SiteIntent {
  /** What links name it by: 'reviews', 'bookinfo/reviews', 'external:httpbin'; the same in each environment. */
  readonly id: string;
  readonly kind: IntentKind;
  readonly name: string;
  /** Only where the intent writes it. */
  readonly namespace?: string;
  /** Names that requests use: of a service its fully qualified one. */
  readonly hosts: readonly string[];
  /** The first port for requests, if it is known. */
  readonly port?: number;
  /** Versions, those with traffic first; none where the intent names no versions. */
  readonly versions: readonly SiteVersion[];
  /** Who writes the shares in the cluster, where that is not git. */
  readonly weights?: Exclude<WeightsOwner, 'git'>;
  readonly pins: readonly SitePin[];
  /** Every route that leads to it, or that its own objects hold, in the order in which proxies try them. */
  readonly routes: readonly SiteRoute[];
  /** Every word of it, defaults merged, with who said it. */
  readonly values: readonly SiteValue[];
  /** Ids of what it says it calls, and what it is exposed by. */
  readonly calls: readonly string[];
  readonly gateways: readonly string[];
  readonly rollout?: SiteRollout;
  readonly findings: readonly SiteFinding[];
  /** Newest first; bounded. */
  readonly changes: readonly SiteCommit[];
  /** Whether there are more changes than are told. */
  readonly hasMoreChanges: boolean;
}

export interface SiteVersion {
  readonly name: string;
  /** Of requests that no pin or route of its own takes; 0 = only pins, routes or nobody lead there. */
  readonly percent: number;
  readonly role: 'stable' | 'canary' | 'split' | 'idle';
  /** Percent of the stable traffic that is copied to it. */
  readonly mirror?: number;
}

export interface SitePin {
  /** 'jason, tester-1', or what the match asks. */
  readonly who: string;
  readonly version: string;
  /** What else the pin says: owner, reason, until, and fields of its route. */
  readonly more: JsonObject;
  readonly at?: SitePlace;
}

export interface SiteRoute {
  /** 'VirtualService bookinfo/reviews' */
  readonly object: string;
  readonly at?: SitePlace;
  readonly protocol: 'http' | 'tls' | 'tcp';
  readonly name?: string;
  /** By what requests come: 'mesh', or 'namespace/name' of gateways. */
  readonly gateways: readonly string[];
  /** What requests name. */
  readonly hosts: readonly string[];
  /** Alternatives, each as a clause; none = every request. */
  readonly matches: readonly string[];
  readonly destinations: readonly SiteDestination[];
  /** Who gets copies, and of how many requests; their answers count for nothing. */
  readonly mirrors: readonly SiteDestination[];
  /** What acts on the way, and redirects and answers at once, as Istio spells them. */
  readonly fields: JsonObject;
}

export interface SiteDestination {
  /** Fully qualified. */
  readonly host: string;
  /** Of this site, where an intent has the host. */
  readonly id?: string;
  readonly subset?: string;
  readonly port?: number;
  /** 0 to 100, not rounded. */
  readonly percent: number;
}

export interface SiteValue {
  readonly pointer: Pointer;
  readonly value: Json;
  /** Absent: Mainsheet's own default, or concluded. */
  readonly at?: SitePlace;
  /** Whether an intent said it, or the environment for all. */
  readonly by: 'intent' | 'environment' | 'default';
  /** What it overrules, the nearest first. */
  readonly over: readonly SitePlace[];
}

export interface SiteRollout {
  /** The service or the train whose plan it is. */
  readonly subject: string;
  readonly isTrain: boolean;
  /** Of a train, on its own page: who rides it. What stands beside is of the one that is furthest behind. */
  readonly members?: readonly SiteMember[];
  /** 'idle': there is a plan, and nothing moves. */
  /** Whether `rollout status` lists it: on its way, or with something left to do, such as an old version that still has to leave. */
  readonly isListed: boolean;
  readonly phase: 'idle' | 'moving' | 'returning' | 'arrived';
  readonly stable: string;
  readonly version?: string;
  readonly percent?: number;
  readonly queued?: string;
  /** Present where a person holds it; '' = without a reason. */
  readonly hold?: string;
  /** Times in which no step is taken, where there are steps to come. */
  readonly freezes: readonly SiteFreeze[];
  /** Phases of a change are still to come. */
  readonly hasNext: boolean;
  readonly previous?: string;
  /** Since when the branch says what it says; absent = not known. */
  readonly since?: Seconds;
  /** That commit. */
  readonly commit?: string;
  readonly steps: readonly SiteStep[];
}

export interface SiteFreeze {
  readonly cron: string;
  /** On whose clock. */
  readonly timezone: string;
  readonly length: Seconds;
  readonly reason?: string;
}

export interface SiteMember {
  readonly service: string;
  readonly stable: string;
  readonly version?: string;
  readonly percent?: number;
}

export interface SiteStep {
  readonly percent: number;
  readonly mirror?: number;
  readonly soak: Seconds;
  readonly gates: readonly string[];
  readonly approve: boolean;
  readonly state: 'done' | 'now' | 'to come';
}

export interface SiteFinding {
  readonly code: string;
  readonly name: string;
  readonly severity: 'warning' | 'info';
  readonly message: string;
  readonly why: string;
  readonly fix: string;
  readonly at?: SitePlace;
}

export interface SiteCommit {
  readonly hash: string;
  readonly subject: string;
  readonly author: string;
  /** When it was committed. */
  readonly at: Seconds;
}

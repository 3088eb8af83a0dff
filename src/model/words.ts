import type { Intent } from './intent.ts';
import type { Json, JsonObject } from './json.ts';

/** The words of a merged intent, short forms expanded: `port: 9080` is a `ports` entry, `user: jason` is `users: [jason]`, `match: {…}` a list of one. */
export interface CommonWords {
  readonly namespace?: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly allow?: readonly WaiverWords[];
  readonly patches?: readonly PatchWords[];
}

export interface WaiverWords {
  readonly rule: string;
  readonly reason: string;
  readonly until?: string;
}

export interface PatchWords {
  readonly target: { readonly kind: string; readonly name?: string };
  readonly ops: readonly JsonObject[];
  readonly reason?: string;
}

/** The four blocks that Istio replaces wholesale; null = Istio's default. */
export const policyBlocks = ['loadBalancer', 'connectionPool', 'outlierDetection', 'tls'] as const;
export type PolicyBlock = (typeof policyBlocks)[number];
export type PolicyWords = { readonly [block in PolicyBlock]?: Json };

/** Blocks that exist for a whole host or subset only. */
export const hostPolicyBlocks = ['tunnel', 'proxyProtocol', 'retryBudget'] as const;
export type HostPolicyBlock = (typeof hostPolicyBlocks)[number];

export interface PortWords extends PolicyWords {
  readonly number?: number;
  readonly name?: string;
  readonly protocol?: string;
  readonly targetPort?: number;
}

export interface VersionWords extends PolicyWords {
  readonly labels?: JsonObject;
  readonly ports?: Readonly<Record<string, PolicyWords>>;
}

/** Istio HTTPRoute fields that a service passes on to its routes, in the order Istio documents them. */
export const routeFields = [
  'rewrite',
  'timeout',
  'retries',
  'fault',
  'mirror',
  'mirrorPercentage',
  'mirrors',
  'corsPolicy',
  'headers',
] as const;
export type RouteField = (typeof routeFields)[number];
export type RouteFieldWords = { readonly [field in RouteField]?: Json };

export interface PinWords extends RouteFieldWords {
  readonly users?: readonly string[];
  readonly match?: readonly JsonObject[];
  readonly version: string;
  readonly until?: string;
}

export interface RouteWords extends RouteFieldWords {
  readonly name?: string;
  readonly match?: readonly JsonObject[];
  readonly to?: Json;
  readonly redirect?: JsonObject;
  readonly directResponse?: JsonObject;
}

export interface ExposureWords {
  readonly gateway: string;
  readonly server?: string | number;
  readonly hosts?: readonly string[];
  readonly port?: string | number;
  readonly match?: readonly JsonObject[];
  readonly name?: string;
  readonly routes?: readonly RouteWords[];
}

export interface CanaryWords {
  readonly version?: string;
  readonly percent?: number;
  readonly mirror?: number;
  readonly sticky?: StickyWords;
}

export interface StickyWords {
  readonly cookie?: string;
  readonly maxAge?: string;
  readonly id?: string;
  readonly seen?: readonly number[];
  readonly mesh?: boolean;
}

/** Who writes the weights of a service's routes in the cluster. */
export type WeightsOwner = 'git' | 'argo-rollouts' | 'flagger';

/** What services and externals share: versions, where requests go, and how. */
export interface RoutingWords extends CommonWords, RouteFieldWords, PolicyWords {
  readonly ports?: Readonly<Record<string, PortWords>>;
  readonly versions?: Readonly<Record<string, VersionWords>>;
  readonly stable?: string;
  readonly previous?: string;
  readonly canary?: CanaryWords;
  readonly split?: Readonly<Record<string, number>>;
  /** Of services alone; absent: git. */
  readonly weights?: WeightsOwner;
  readonly pins?: readonly PinWords[];
  readonly routes?: readonly RouteWords[];
  readonly rollout?: JsonObject;
  readonly exportTo?: readonly string[];
  readonly tunnel?: Json;
  readonly proxyProtocol?: Json;
  readonly retryBudget?: Json;
}

export interface ServiceWords extends RoutingWords {
  readonly host?: string;
  readonly expose?: readonly ExposureWords[];
  readonly workload?: WorkloadWords;
  readonly dependsOn?: readonly string[];
  readonly allowFrom?: readonly Json[];
}

export interface WorkloadWords {
  readonly labels?: JsonObject;
  readonly serviceAccount?: string;
  readonly namespace?: string;
}

export interface ExternalWords extends RoutingWords {
  readonly hosts?: readonly string[];
  readonly addresses?: readonly string[];
  readonly resolution?: string;
  readonly location?: string;
  readonly endpoints?: readonly JsonObject[];
  readonly workloadSelector?: JsonObject;
  readonly subjectAltNames?: readonly string[];
  readonly virtualService?: boolean;
  readonly originateTls?: JsonObject;
  readonly via?: JsonObject;
}

export interface GatewayWords extends CommonWords {
  readonly external?: boolean;
  readonly selector?: JsonObject;
  readonly servers?: readonly JsonObject[];
  readonly hosts?: Readonly<Record<string, readonly SharedHostWords[]>>;
  readonly workload?: WorkloadWords;
}

export interface TrainWords extends CommonWords {
  readonly services?: Readonly<Record<string, string>>;
  readonly order?: readonly string[];
  readonly rollout?: JsonObject;
}

export interface SharedHostWords extends RouteFieldWords {
  readonly service: string;
  readonly port?: string | number;
  readonly match?: readonly JsonObject[];
}

// The schema of each kind has judged the merged value before anyone reads it through these types.
export function serviceWords(intent: Intent): ServiceWords {
  return intent.value as ServiceWords;
}
export function externalWords(intent: Intent): ExternalWords {
  return intent.value as ExternalWords;
}
export function gatewayWords(intent: Intent): GatewayWords {
  return intent.value as GatewayWords;
}

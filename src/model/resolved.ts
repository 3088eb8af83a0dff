import type { Environment } from './environment.ts';
import type { Intent } from './intent.ts';
import type { JsonObject } from './json.ts';
import type { ManifestOwner } from './manifest.ts';
import type { Origin, Traced } from './origin.ts';
import type { HostPolicyBlock, PolicyBlock, RouteField } from './words.ts';

/** An environment after resolution: every name linked, every inherited word in place, nothing yet in Istio's layout. */
export interface ResolvedEnvironment {
  readonly environment: Environment;
  readonly intents: readonly ResolvedIntent[];
}

/** What one intent asks the mesh to hold: the objects to be, field by field, each value with its origin. */
export interface ResolvedIntent {
  readonly owner: ManifestOwner;
  readonly intent: Intent;
  readonly virtualServices: readonly ResolvedVirtualService[];
  readonly destinationRules: readonly ResolvedDestinationRule[];
  readonly gateways: readonly ResolvedGateway[];
  readonly serviceEntries: readonly ResolvedServiceEntry[];
  readonly sidecars: readonly ResolvedSidecar[];
  readonly authorizationPolicies: readonly ResolvedAuthorizationPolicy[];
}

export interface ObjectName {
  readonly name: Traced<string>;
  readonly namespace?: Traced<string>;
}

export interface ResolvedVirtualService extends ObjectName {
  /** Empty for a delegate. */
  readonly hosts: readonly Traced<string>[];
  /** Empty = the mesh alone. */
  readonly gateways: readonly Traced<string>[];
  readonly exportTo: readonly Traced<string>[];
  readonly http: readonly HttpRoute[];
  readonly tls: readonly L4Route[];
  readonly tcp: readonly L4Route[];
}

/** One http route as the mesh will try it: alternatives in `match` are ORed, none = every request. */
export interface HttpRoute {
  readonly name?: Traced<string>;
  readonly match: readonly Traced<JsonObject>[];
  readonly delegate?: ObjectName;
  readonly redirect?: Traced;
  readonly directResponse?: Traced;
  readonly destinations: readonly Destination[];
  readonly fields: RouteFields;
  readonly origin: Origin;
}

export type RouteFields = { readonly [field in RouteField]?: Traced };

export interface L4Route {
  readonly match: readonly Traced<JsonObject>[];
  readonly destinations: readonly Destination[];
  readonly origin: Origin;
}

export interface Destination {
  readonly host: Traced<string>;
  readonly subset?: Traced<string>;
  readonly port?: Traced<number>;
  /** Absent where the route has one destination. */
  readonly weight?: Traced<number>;
  /** What is added to the answers of just this destination, as Istio spells it. */
  readonly headers?: Traced<JsonObject>;
}

export interface ResolvedDestinationRule extends ObjectName {
  readonly host: Traced<string>;
  readonly exportTo: readonly Traced<string>[];
  readonly trafficPolicy?: ResolvedPolicy;
  readonly subsets: readonly ResolvedSubset[];
}

export interface ResolvedSubset {
  readonly name: Traced<string>;
  readonly labels: Traced<JsonObject>;
  readonly trafficPolicy?: ResolvedPolicy;
}

export type PolicyBlocks = { readonly [block in PolicyBlock]?: Traced };

export interface ResolvedPolicy extends PolicyBlocks {
  readonly host?: { readonly [block in HostPolicyBlock]?: Traced };
  readonly portLevelSettings: readonly ResolvedPortPolicy[];
}

export interface ResolvedPortPolicy extends PolicyBlocks {
  readonly port: Traced<number>;
}

export interface ResolvedGateway extends ObjectName {
  readonly selector: Traced<JsonObject>;
  readonly servers: readonly ResolvedServer[];
}

export interface ResolvedServer {
  readonly port: Traced<JsonObject>;
  readonly hosts: readonly Traced<string>[];
  readonly tls?: Traced;
  readonly name?: Traced;
  readonly bind?: Traced;
  readonly defaultEndpoint?: Traced;
}

export interface ResolvedServiceEntry extends ObjectName {
  readonly hosts: readonly Traced<string>[];
  readonly addresses: readonly Traced<string>[];
  readonly ports: readonly ResolvedServicePort[];
  readonly location?: Traced;
  readonly resolution: Traced;
  readonly endpoints?: Traced;
  readonly workloadSelector?: Traced;
  readonly exportTo: readonly Traced<string>[];
  readonly subjectAltNames: readonly Traced<string>[];
}

export interface ResolvedServicePort {
  readonly number: Traced<number>;
  readonly name: Traced<string>;
  readonly protocol: Traced<string>;
  readonly targetPort?: Traced<number>;
}

export interface ResolvedSidecar extends ObjectName {
  readonly workloadSelector: Traced<JsonObject>;
  readonly egressHosts: readonly Traced<string>[];
}

export interface ResolvedAuthorizationPolicy extends ObjectName {
  readonly dryRun: boolean;
  readonly selector: Traced<JsonObject>;
  readonly principals: Traced;
  readonly origin: Origin;
}

import type { JsonObject } from './json.ts';
import type { Pointer } from './pointer.ts';

/** Where a request comes from. */
export interface RequestSource {
  readonly namespace: string;
  /** Pod labels; {} = nothing is known of them. */
  readonly labels: Readonly<Record<string, string>>;
  /** Of the pod; 'default' where nothing else is said. */
  readonly serviceAccount?: string;
}

/** One concrete request, or connection, as it enters the mesh. */
export interface MeshRequest {
  /** What the client speaks. `tls` is a connection that is passed on unopened; https at a gateway that ends TLS is `http` with scheme https. */
  readonly protocol: 'http' | 'tls' | 'tcp';
  /** As in the Host header or the SNI, without the port; of a TCP connection the name that the client looked up. */
  readonly host: string;
  readonly port: number;
  /** What the Host header says, where that is not just the host: 'reviews:9080'. */
  readonly authority?: string;
  /** Where the connection is addressed to, as far as that is known: '10.0.0.1'. */
  readonly address?: string;
  /** 'namespace/name' of the Gateway it enters by; absent = a sidecar of the mesh. */
  readonly gateway?: string;
  readonly source: RequestSource;
  readonly method: string;
  readonly scheme: 'http' | 'https';
  /** Begins with '/', without query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Claims of a validated token, as matches on `@request.auth.claims` see them. */
  readonly claims?: JsonObject;
}

/** A place in a manifest: 'VirtualService bookinfo/reviews' and a JSON Pointer into its spec. */
export interface ManifestPlace {
  readonly manifest: string;
  readonly pointer: Pointer;
}

/** Where a share of the requests goes. */
export interface RoutedDestination {
  /** Fully qualified. */
  readonly host: string;
  readonly subset?: string;
  readonly port: number;
  /** Share of the requests that the route takes, 0 < percent <= 100, not rounded. */
  readonly percent: number;
  /** Changes to headers of just these requests and their answers, as Istio spells them. */
  readonly headers?: JsonObject;
  /** What these requests would see instead of an answer of the destination. */
  readonly failure?: RouteFailure;
  /** Who answers there, as far as the manifests say: the subset's labels, and what a ServiceEntry or Service says of its endpoints. */
  readonly endpoints: JsonObject;
  /** The traffic policy that holds there, block by block; absent blocks are Istio's defaults. */
  readonly policy: JsonObject;
  /** The DestinationRules that said so, by title. */
  readonly rules: readonly string[];
}

/**
 * Failures as Envoy flags them: NR no route (404), NC no cluster (503), UH no healthy upstream (503), BlackHole (502),
 * RBAC denied (403), reset of a connection that has no status.
 */
export interface RouteFailure {
  readonly status?: 404 | 503 | 502 | 403;
  readonly flag: 'NR' | 'NC' | 'UH' | 'BlackHole' | 'RBAC' | 'reset';
  /** One clause for people. */
  readonly reason: string;
}

/** What a request ends as. */
export type DecisionKind = 'route' | 'redirect' | 'direct-response' | 'passthrough' | 'failure';

export interface RouteDecision {
  readonly kind: DecisionKind;
  /** The route that took it; absent where no VirtualService did. */
  readonly route?: ManifestPlace & { readonly name?: string };
  /** Destinations with their shares; empty unless kind is `route`. */
  readonly destinations: readonly RoutedDestination[];
  readonly redirect?: JsonObject;
  readonly directResponse?: JsonObject;
  readonly failure?: RouteFailure;
  /** Fields of the route that act on the way: timeout, retries, fault, mirror(s), rewrite, headers, corsPolicy. As Istio spells them. */
  readonly onTheWay: JsonObject;
  /** What decided, step by step, for people. */
  readonly steps: readonly DecisionStep[];
  /** Istio leaves the order of these open (their age decides): the decision holds if the first is the older one. */
  readonly undefinedOrder?: readonly string[];
  /** What the input could not tell, where the decision rests on it. */
  readonly assumptions: readonly string[];
}

/** One thing that was looked at on the way to a decision. */
export interface DecisionStep {
  /** 'host', 'gateway', 'virtual-service', 'match', 'route', 'destination', 'destination-rule', 'policy'. */
  readonly about: string;
  /** A sentence without full stop. */
  readonly says: string;
  readonly took: boolean;
  readonly place?: ManifestPlace;
}

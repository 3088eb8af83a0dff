import type { Json, JsonObject } from './json.ts';
import type { MeshRequest, RouteDecision } from './routing.ts';
import type { Place } from './source.ts';

/** What manifests do, as the simulator reads them back: all that a proof compares with what intents mean. */
export interface ReadBack {
  /** The http routes that callers in a namespace, or a gateway, get for a host and port. */
  readonly http: (at: ReadPoint) => ReadRoutes;
  /** What happens to one connection. */
  readonly connection: (request: MeshRequest) => ReadAnswer;
  /** Labels and traffic policy of a destination for callers in a namespace. */
  readonly destination: (host: string, subset: string | undefined, port: number, client: string) => ReadDestination;
  /** The ServiceEntry that makes a host known. */
  readonly entry: (host: string) => ReadObject | undefined;
  /** The Gateway object 'namespace/name'. */
  readonly gateway: (id: string) => ReadObject | undefined;
}

/** Where requests are looked at. */
export interface ReadPoint {
  /** Fully qualified; at a gateway as the exposure spells it. */
  readonly host: string;
  /** The port that is called; at a gateway the server's. */
  readonly port: number;
  /** Namespace of the callers; at a gateway of the VirtualServices. */
  readonly namespace: string;
  readonly gateway?: string;
  /** What Host headers say of requests that arrive, where a route's own conditions tell several hosts apart. */
  readonly authorities?: readonly string[];
  /** At a gateway: whether a manifest is one of those that are asked about. */
  readonly counts?: (title: string) => boolean;
}

/** An object, and the places behind its spec. */
export interface ReadObject {
  readonly title: string;
  readonly spec: JsonObject;
  readonly sourceOf: SourceOf;
}

/** An object with all that says who it is for. */
export interface ReadWhole extends ReadObject {
  readonly kind: string;
  /** Where it lives. */
  readonly namespace: string;
  readonly metadata: JsonObject;
}

export type SourceOf = (pointer: string) => ReadSource;

/** Whose words a place of a manifest is. */
export interface ReadSource {
  readonly manifest: string;
  readonly intent?: Place;
  /** The template's line. */
  readonly template?: { readonly file: string; readonly line: number };
}

export interface ReadRoutes {
  /** In the order in which they are tried; `otherwise` is what none of them takes. */
  readonly routes: readonly ReadRoute[];
  readonly otherwise: ReadAnswer;
  /** Of a gateway: whether any of its servers is for the host and port. True in the mesh. */
  readonly served: boolean;
}

export interface ReadRoute {
  /** Conditions on port and gateway hold already. */
  readonly match: JsonObject;
  readonly answer: ReadAnswer;
  /** Of its `match`, of the `list` that it stands in, or of another word of the route: 'timeout', 'route/0'. */
  readonly source: (word: string) => ReadSource;
}

export interface SharedDestination {
  readonly host: string;
  readonly subset?: string;
  /** Undefined = whichever Istio takes. */
  readonly port?: number;
  readonly percent: number;
  /** Changes to headers of just these requests and their answers, as Istio spells them. */
  readonly headers?: JsonObject;
}

export interface ReadAnswer {
  readonly kind: RouteDecision['kind'];
  readonly destinations: readonly SharedDestination[];
  /** Where requests are copied to. */
  readonly copies: readonly SharedDestination[];
  /** redirect, directResponse, rewrite, timeout, retries, fault, corsPolicy, headers: as Istio spells them. */
  readonly words: Readonly<Record<string, Json | undefined>>;
  /** What a request sees that gets no answer. */
  readonly failure?: string;
}

export interface ReadDestination {
  /** Undefined for a subset that no rule declares. */
  readonly labels?: JsonObject;
  readonly policy: JsonObject;
  readonly sourceOf: (pointer: string) => ReadSource | undefined;
  /** Where the subset stands in its rule. */
  readonly pointer: string;
}

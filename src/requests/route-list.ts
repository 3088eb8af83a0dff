import type { RouteOutcome } from '../model/route-outcome.ts';
import type { ManifestPlace, MeshRequest } from '../model/routing.ts';
import type { Condition } from './literal.ts';

/** Whose routes are asked for: a sidecar that calls a host on a port, or a virtual host of a gateway's server. */
export interface RoutePlace {
  /** Qualified and in lower case; may be a wildcard. */
  readonly name: string;
  readonly kind: 'mesh' | 'gateway';
  /** A request that comes there; host, port, source and gateway are those of the place, the rest is what a person would try first. */
  readonly plain: MeshRequest;
  /** What holds for all requests that come there. */
  readonly within: Condition;
  /** The caller stands for all that no object tells apart from others. */
  readonly others?: true;
}

/** A place before and after. */
export interface ComparedPlace {
  readonly place: RoutePlace;
  readonly before: RouteList;
  readonly after: RouteList;
}

export interface ListedRoute {
  /** What it asks of requests; what it asks of callers and ports holds at the place. */
  readonly condition: Condition;
  readonly outcome: RouteOutcome;
  /** Of the route; absent where no VirtualService says it. */
  readonly route?: ManifestPlace;
  /** DestinationRules that say what holds at its destinations, by title. */
  readonly rules: readonly string[];
}

/** What a proxy does with the requests of a place: the first route whose condition holds takes a request. */
export interface RouteList {
  readonly routes: readonly ListedRoute[];
  /** What becomes of requests that no route takes. */
  readonly otherwise: RouteOutcome;
  /** What the input could not tell, where the list rests on it. */
  readonly assumptions: readonly string[];
}

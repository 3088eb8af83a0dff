import { type Json, type JsonObject, stableJson } from './json.ts';
import type { DecisionKind, RouteFailure } from './routing.ts';

/** What becomes of the requests of a route, in a form in which two are compared: without the story and without words for people. */
export interface RouteOutcome {
  readonly kind: DecisionKind;
  /** Each destination once, by name; empty unless kind is `route`. */
  readonly shares: readonly OutcomeShare[];
  readonly redirect?: JsonObject;
  readonly directResponse?: JsonObject;
  readonly failure?: RouteFailure;
  /** Timeout, retries, fault and what else acts on the way, as Istio spells them. */
  readonly onTheWay: JsonObject;
}

export interface OutcomeShare {
  readonly host: string;
  readonly subset?: string;
  readonly port: number;
  /** 0 < percent <= 100, not rounded. */
  readonly percent: number;
  /** Changes to headers of just these requests and their answers. */
  readonly headers?: JsonObject;
  readonly failure?: RouteFailure;
  /** Who answers there, as far as the manifests say. */
  readonly endpoints: JsonObject;
  /** The traffic policy that holds there. */
  readonly policy: JsonObject;
}

const keys = new WeakMap<RouteOutcome, string>();

/** Equal for outcomes between which no request can tell a difference; reasons of failures are words for people. */
export function outcomeKey(outcome: RouteOutcome): string {
  const known = keys.get(outcome);
  if (known !== undefined) return known;
  const key = keyOf(outcome);
  keys.set(outcome, key);
  return key;
}

function keyOf({ kind, shares, redirect, directResponse, failure, onTheWay }: RouteOutcome): string {
  return stableJson([
    kind,
    shares.map(({ policy, percent, endpoints, headers = null, ...share }) => [
      ...[shareName(share), rounded(percent), failureName(share.failure), policy, headers],
      share.failure === undefined ? endpoints : {},
    ]),
    redirect ?? null,
    directResponse ?? null,
    failureName(failure),
    onTheWay,
  ]);
}

/** 'reviews.bookinfo.svc.cluster.local/v1:9080' */
export function shareName({ host, subset, port }: Pick<OutcomeShare, 'host' | 'subset' | 'port'>): string {
  return `${host}${subset === undefined ? '' : `/${subset}`}:${port}`;
}

function failureName(failure: RouteFailure | undefined): Json {
  return failure === undefined ? null : `${failure.status ?? ''} ${failure.flag}`;
}

/** Shares of weights that mean the same may differ in the last bit. */
function rounded(percent: number): number {
  return Math.round(percent * 1e6) / 1e6;
}

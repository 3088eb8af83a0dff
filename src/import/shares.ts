import type { JsonObject } from '../model/json.ts';
import type { Leg } from './http-entry.ts';

/** How the traffic of a route is spread over a service's own versions. */
export type Shares =
  /** To the host itself, whatever its versions. */
  | { readonly kind: 'bare' }
  | { readonly kind: 'one'; readonly version: string }
  | { readonly kind: 'several'; readonly parts: readonly { readonly version: string; readonly percent: number }[] };

/** Undefined where it leads elsewhere, or where weights are no percentages. */
export function sharesIn(legs: readonly Leg[], fqdn: string): Shares | undefined {
  if (legs.length === 0 || legs.some((leg) => leg.fqdn !== fqdn)) return undefined;
  const [only] = legs;
  if (only !== undefined && legs.length === 1) return only.subset === undefined ? { kind: 'bare' } : { kind: 'one', version: only.subset };
  const versions = legs.flatMap(({ subset }) => (subset === undefined ? [] : [subset]));
  const percents = percentagesOf(legs.map(({ weight = 0 }) => weight));
  if (versions.length < legs.length || new Set(versions).size < legs.length || percents === undefined) return undefined;
  return { kind: 'several', parts: versions.map((version, i) => ({ version, percent: percents[i] ?? 0 })) };
}

/** `stable`, `canary`, `split`: a smaller second version is a canary, anything else a split. */
export function shareWords(shares: Shares): JsonObject {
  if (shares.kind === 'bare') return {};
  if (shares.kind === 'one') return { stable: shares.version };
  const [first, second, ...others] = shares.parts;
  const live = shares.parts.filter(({ percent }) => percent > 0);
  if (first !== undefined && second !== undefined && others.length === 0 && second.percent < first.percent)
    return { stable: first.version, canary: { version: second.version, percent: second.percent } };
  const [only] = live;
  if (only !== undefined && live.length === 1) return { stable: only.version };
  return { split: splitOf(live) };
}

/** `v2`, or `{v1: 80, v2: 20}`; undefined for the bare host. */
export function toWord(shares: Shares): string | JsonObject | undefined {
  if (shares.kind === 'bare') return undefined;
  if (shares.kind === 'one') return shares.version;
  const live = shares.parts.filter(({ percent }) => percent > 0);
  const [only] = live;
  return only !== undefined && live.length === 1 ? only.version : splitOf(live);
}

/** Whether they are the same parts in the same order; a part of nothing is none. */
export function sameShares(a: Shares | undefined, b: Shares | undefined): boolean {
  return a !== undefined && b !== undefined && JSON.stringify(liveParts(a)) === JSON.stringify(liveParts(b));
}

function liveParts(shares: Shares): readonly (readonly [string, number])[] {
  if (shares.kind === 'bare') return [];
  if (shares.kind === 'one') return [[shares.version, 100]];
  return shares.parts.filter(({ percent }) => percent > 0).map(({ version, percent }) => [version, percent]);
}

function splitOf(parts: readonly { readonly version: string; readonly percent: number }[]): JsonObject {
  return Object.fromEntries(parts.map(({ version, percent }) => [version, percent]));
}

/** Weights as percentages of at most six decimals that sum to 100 exactly; undefined where there are none, as of 1:1:1. */
function percentagesOf(weights: readonly number[]): readonly number[] | undefined {
  const total = weights.reduce((a, b) => a + b, 0);
  if (total <= 0) return undefined;
  const millionths = weights.map((weight) => (weight * 100_000_000) / total);
  return millionths.every(Number.isInteger) ? millionths.map((part) => part / 1_000_000) : undefined;
}

import { originOf } from '../model/intent.ts';
import type { JsonObject } from '../model/json.ts';
import { didYouMean } from '../model/names.ts';
import { derived, type Origin, type Traced, traced } from '../model/origin.ts';
import { joinPointer, type Pointer } from '../model/pointer.ts';
import type { ResolveContext } from './context.ts';
import { knownVersion } from './reference-diagnostics.ts';
import type { Target } from './service.ts';
import {
  canaryApart,
  canaryHasStable,
  decimalSharesSupported,
  pinsHaveStable,
  sharesPreciseEnough,
  sharesSumTo100,
  splitExcludesStable,
} from './share-diagnostics.ts';

/** A part of the traffic: which version gets it, and how much. One share alone carries no weight. */
export interface Share {
  readonly subset?: Traced<string>;
  readonly weight?: Traced<number>;
  /** What is added to the answers to just this part. */
  readonly headers?: Traced<JsonObject>;
}

export interface Part {
  readonly version: Traced<string>;
  readonly percent: number;
  readonly origin: Origin;
  readonly headers?: Traced<JsonObject>;
}

/** Where a target's unpinned traffic goes: split, or stable and canary, or the bare host where nothing is said. */
export function sharesOf(context: ResolveContext, target: Target): readonly Share[] {
  const { words, intent } = target;
  if (words.split !== undefined) {
    for (const word of ['stable', 'canary'] as const) {
      if (words[word] !== undefined) context.report(splitExcludesStable, { params: { word }, at: originOf(intent, `/${word}`, 'key').at });
    }
    return splitShares(context, target, words.split, '/split');
  }
  if (words.stable === undefined) {
    const origin = originOf(intent, '/canary', 'key');
    if (words.canary !== undefined) context.report(canaryHasStable, { params: { name: intent.name }, at: origin.at });
    else if (words.pins !== undefined && words.pins.length > 0)
      context.report(pinsHaveStable, { params: { name: intent.name }, at: originOf(intent, '/pins', 'key').at });
    return [{}];
  }
  const stable = versionNamed(context, target, words.stable, '/stable');
  if (words.weights === 'argo-rollouts') return sharesToStartFrom(target, stable);
  const { version, percent = 0 } = words.canary ?? {};
  if (version === undefined) {
    if (words.canary !== undefined)
      context.report(canaryHasStable, { params: { name: intent.name }, at: originOf(intent, '/canary', 'key').at });
    return [{ subset: stable }];
  }
  if (version === words.stable) context.report(canaryApart, { params: { version }, at: originOf(intent, '/canary/version').at });
  const canary = versionNamed(context, target, version, '/canary/version');
  const origin = originOf(intent, words.canary?.percent === undefined ? '/canary' : '/canary/percent');
  return weighted(context, [
    { version: stable, percent: difference(100, percent), origin },
    { version: canary, percent, origin },
  ]);
}

/** Argo Rollouts looks for both of its subsets in a route, and moves weights from the one to the other; a rule sees to it that there are two. */
function sharesToStartFrom({ intent, versions }: Target, stable: Traced<string>): readonly Share[] {
  const origin = originOf(intent, '/weights');
  const others = versions.filter((version) => version !== stable.value);
  return [
    { subset: stable, weight: traced(100, derived(origin, 'where the controller starts from')) },
    ...others.map((version) => ({
      subset: traced(version, originOf(intent, joinPointer('/versions', version), 'key')),
      weight: traced(0, derived(origin, 'where the controller starts from')),
    })),
  ];
}

/** Shares from a map of versions to percentages, written at `pointer`. */
export function splitShares(
  context: ResolveContext,
  target: Target,
  split: Readonly<Record<string, number>>,
  pointer: Pointer,
): readonly Share[] {
  const parts = Object.entries(split).map(([version, percent]) => {
    const place = joinPointer(pointer, version);
    return { version: versionNamed(context, target, version, place, 'key'), percent, origin: originOf(target.intent, place) };
  });
  const sum = scaled(parts.map((part) => part.percent));
  const total = sum.integers.reduce((a, b) => a + b, 0);
  if (total !== 100 * sum.scale) {
    context.report(sharesSumTo100, {
      params: { sum: total / sum.scale, parts: parts.map((p) => `${p.version.value} ${p.percent}`) },
      at: originOf(target.intent, pointer, 'key').at,
    });
    return [{}];
  }
  return weighted(context, parts);
}

export function versionNamed(
  context: ResolveContext,
  target: Target,
  version: string,
  pointer: Pointer,
  part: 'key' | 'value' = 'value',
): Traced<string> {
  const origin = originOf(target.intent, pointer, part);
  if (!target.versions.includes(version)) {
    context.report(knownVersion, {
      params: { version, name: target.intent.name, known: target.versions },
      at: origin.at,
      hints: didYouMean(version, target.versions),
    });
  }
  return traced(version, origin);
}

/** A part of nothing is left out; what is left of one part needs no weight. */
export function weighted(context: ResolveContext, parts: readonly Part[]): readonly Share[] {
  const live = parts.filter((part) => part.percent > 0);
  const [only] = live;
  if (only !== undefined && live.length === 1) return [{ subset: only.version, ...headersOf(only) }];
  const { integers, scale } = scaled(live.map((part) => part.percent));
  reportDecimals(context, live, scale);
  return live.map((part, i) => ({ subset: part.version, weight: traced(integers[i] ?? 0, part.origin), ...headersOf(part) }));
}

function headersOf({ headers }: Part): Pick<Share, 'headers'> {
  return headers === undefined ? {} : { headers };
}

function reportDecimals(context: ResolveContext, parts: readonly Part[], scale: number): void {
  const { istio } = context.environment;
  const tooFine = scale > 10 ** finestDecimals;
  if (!tooFine && (scale === 1 || istio.minor >= 15)) return;
  // Of two parts that come from one word, the later is the one written.
  const at = parts.findLast((part) => scaled([part.percent]).scale === scale) ?? parts.at(-1);
  const params = { mesh: istio.text, percent: at?.percent ?? 0 };
  context.report(tooFine ? sharesPreciseEnough : decimalSharesSupported, { params, at: at?.origin.at });
}

/** Istio's weights are int32, and Envoy adds them up in 32 bits: six decimals of a percent leave room. */
const finestDecimals = 6;

/** Decimals as integers of one ratio: [99.5, 0.5] → [995, 5] of 1000 (≥ 1.15 any sum is possible). */
export function scaled(percents: readonly number[]): { readonly integers: readonly number[]; readonly scale: number } {
  const scale = 10 ** Math.max(0, ...percents.map(decimalsOf));
  return { integers: percents.map((percent) => Math.round(percent * scale)), scale };
}

/** Digits after the point of a number's shortest text; 1e-7 has seven. */
function decimalsOf(number: number): number {
  const [mantissa = '', exponent = '0'] = String(number).split('e');
  return Math.max(0, (mantissa.split('.')[1] ?? '').length - Number(exponent));
}

/** What one percentage leaves of another, without the binary rounding of 100 − 99.9. */
export function difference(of: number, percent: number): number {
  return Number((of - percent).toFixed(Math.min(Math.max(decimalsOf(of), decimalsOf(percent)), 20)));
}

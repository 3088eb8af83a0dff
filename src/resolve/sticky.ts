import { durationSeconds } from '../model/duration.ts';
import { originOf } from '../model/intent.ts';
import type { JsonObject } from '../model/json.ts';
import { derived, type Origin, type Traced, traced } from '../model/origin.ts';
import { stickyCookie } from '../model/rollout-plan.ts';
import type { StickyWords } from '../model/words.ts';
import type { ResolveContext } from './context.ts';
import { cookieMatch, quoteRegex } from './cookie-match.ts';
import type { Target } from './service.ts';
import { stickySharesExact } from './share-diagnostics.ts';
import { difference, type Share, weighted } from './shares.ts';

/** Requests that a canary's cookie tells apart, and where they go. */
export interface StickyGroup {
  /** Absent for everyone who has no cookie of this rollout. */
  readonly match?: Traced<JsonObject>;
  readonly shares: readonly Share[];
  /** Whether any of it is stable traffic, which `canary.mirror` copies. */
  readonly isStable: boolean;
}

/** A canary between 0 and 100 percent that remembers its users. */
interface Drawn {
  readonly stable: string;
  readonly canary: string;
  readonly percent: number;
  readonly sticky: StickyWords;
  readonly origin: Origin;
}

/**
 * A cookie says which version a user was drawn for, and at which percentage k: of the users that carry `canary.k`, whatever they have been
 * through, k percent of all were drawn so. That makes shares exact and cohorts grow at every percentage p:
 * of `canary.k` all stay while k ≤ p, and p : (k − p) stay and move back where the share was lowered; of `stable.k` (p − k) : (100 − p)
 * move and stay while k < p, and none moves where k ≥ p. Every answer says the user's version and p anew. Undefined where nobody is remembered.
 */
export function stickyGroups(context: ResolveContext, target: Target, vantage: 'mesh' | 'gateway'): readonly StickyGroup[] | undefined {
  const drawn = drawnBy(target);
  if (drawn === undefined || (vantage === 'mesh' && drawn.sticky.mesh !== true)) return undefined;
  const { percent, stable, canary, sticky, origin } = drawn;
  const seen = [...new Set(sticky.seen)].filter((k) => k > 0 && k < 100 && k !== percent).sort((a, b) => a - b);
  const [below, above] = [seen.filter((k) => k < percent), seen.filter((k) => k > percent)];
  const holders = (version: string, percents: readonly number[], stays: number, goes: number): StickyGroup => ({
    match: traced(holding(target, drawn, version, percents), derived(origin, 'who holds the cookie of an earlier answer')),
    shares: divided(context, target, drawn, stays, goes),
    isStable: stays > 0,
  });
  return [
    holders(canary, [...below, percent], 0, 100),
    ...above.map((k) => holders(canary, [k], difference(k, percent), percent)),
    ...below.map((k) => holders(stable, [k], difference(100, percent), difference(percent, k))),
    holders(stable, [percent, ...above], 100, 0),
    { shares: divided(context, target, drawn, difference(100, percent), percent), isStable: true },
  ];
}

/** At 0 and at 100 percent there is nobody to tell apart. */
function drawnBy({ intent, words: { stable, canary } }: Target): Drawn | undefined {
  const { version, percent = 0, sticky } = canary ?? {};
  if (intent.kind !== 'service' || stable === undefined || version === undefined || sticky === undefined) return undefined;
  if (percent <= 0 || percent >= 100) return undefined;
  return { stable, canary: version, percent, sticky, origin: originOf(intent, '/canary/sticky', 'key') };
}

function cookieName({ intent }: Target, { cookie }: StickyWords): string {
  return cookie ?? stickyCookie(intent.name);
}

/** `<id>.<version>.<percent>`; cookies of other rollouts, and of percentages that nobody has seen, are no cookies. */
function holding(target: Target, { sticky, canary }: Drawn, version: string, percents: readonly number[]): JsonObject {
  const numbers = percents.map((percent) => quoteRegex(String(percent)));
  const number = numbers.length === 1 ? numbers.join('') : `(${numbers.join('|')})`;
  return cookieMatch(cookieName(target, sticky), `${quoteRegex(`${sticky.id ?? canary}.${version}.`)}${number}`);
}

/** Stable and canary as `stays : goes`, each answer with the cookie that says so. Up to Istio 1.14 weights are whole and sum to 100. */
function divided(context: ResolveContext, target: Target, drawn: Drawn, stays: number, goes: number): readonly Share[] {
  const { stable, canary, origin } = drawn;
  const { istio } = context.environment;
  const whole = Math.round((100 * goes) / (stays + goes));
  const isExact = istio.minor >= 15 || whole * (stays + goes) === 100 * goes;
  if (!isExact) context.report(stickySharesExact, { params: { mesh: istio.text, name: target.intent.name }, at: origin.at });
  const [remaining, moving] = istio.minor >= 15 ? [stays, goes] : [100 - whole, whole];
  const at = originOf(target.intent, '/canary/percent');
  return weighted(context, [
    {
      version: traced(stable, originOf(target.intent, '/stable')),
      percent: remaining,
      origin: at,
      headers: cookieSet(target, drawn, stable),
    },
    {
      version: traced(canary, originOf(target.intent, '/canary/version')),
      percent: moving,
      origin: at,
      headers: cookieSet(target, drawn, canary),
    },
  ]);
}

/** Added, not set: the application's own cookies stay (Istio's `set` would replace them all). Envoy takes a percent sign for a variable. */
function cookieSet(target: Target, { sticky, canary, percent, origin }: Drawn, version: string): Traced<JsonObject> {
  const age = durationSeconds(sticky.maxAge);
  const value = `${cookieName(target, sticky).replaceAll('%', '%%')}=${sticky.id ?? canary}.${version}.${percent}`;
  const attributes = ['Path=/', ...(age === undefined ? [] : [`Max-Age=${Math.ceil(age)}`]), 'HttpOnly', 'SameSite=Lax'];
  const added = { 'set-cookie': [value, ...attributes].join('; ') };
  return traced<JsonObject>({ response: { add: added } }, derived(origin, 'users are remembered by a cookie'));
}

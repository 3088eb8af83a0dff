import { isObject, type Json, type JsonObject, sameJson } from '../model/json.ts';
import { type OutcomeShare, type RouteOutcome, shareName } from '../model/route-outcome.ts';
import type { PolicyChange, Reachability } from '../model/traffic-diff.ts';

/** How much ends elsewhere: half the L1 distance of the two distributions, in percent. */
export function shiftedPercent(before: RouteOutcome, after: RouteOutcome): number {
  const [from, to] = [distribution(before), distribution(after)];
  const distance = [...new Set([...from.keys(), ...to.keys()])].reduce(
    (sum, name) => sum + Math.abs((from.get(name) ?? 0) - (to.get(name) ?? 0)),
    0,
  );
  return Math.round((distance / 2) * 1e6) / 1e6;
}

export function reachabilityOf(before: RouteOutcome, after: RouteOutcome): Reachability {
  const [from, to] = [failingPercent(before), failingPercent(after)];
  if (Math.abs(from - to) < 1e-6) return 'same';
  return to > from ? 'lost' : 'gained';
}

/** How much of it gets no answer from where it should, in percent. */
export function failingPercent({ failure, shares }: RouteOutcome): number {
  if (failure !== undefined) return 100;
  return shares.reduce((sum, share) => sum + (share.failure === undefined ? 0 : share.percent), 0);
}

/** What else routes say, and what holds at destinations that have a share before and after, value by value; nothing where they end otherwise. */
export function policyChanges(before: RouteOutcome, after: RouteOutcome): readonly PolicyChange[] {
  const stay = before.shares.flatMap((share) => {
    const twin = after.shares.find((one) => shareName(one) === shareName(share));
    return twin === undefined ? [] : [[share, twin] as const];
  });
  if (before.kind !== after.kind) return [];
  return [
    ...differences('', before.onTheWay, after.onTheWay),
    ...differences('redirect', before.redirect, after.redirect),
    ...differences('directResponse', before.directResponse, after.directResponse),
    ...stay.flatMap(([share, twin]) => policyOf(share, twin)),
  ].filter(({ field }) => field !== '');
}

function policyOf(share: OutcomeShare, twin: OutcomeShare): readonly PolicyChange[] {
  const changes = [...differences('headers', share.headers, twin.headers), ...differences('', share.policy, twin.policy)];
  return changes.map((change) => ({ ...change, destination: shareName(share) }));
}

/** Leaves that differ; a part that is new or gone as a whole is one change. */
function differences(field: string, before: Json | undefined, after: Json | undefined): readonly PolicyChange[] {
  if (sameJson(before, after)) return [];
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => differences(field === '' ? key : `${field}.${key}`, member(before, key), member(after, key)));
  }
  return [{ field, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }];
}

function member(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Destinations, and what else a request can end as. */
function distribution({ kind, shares, failure }: RouteOutcome): ReadonlyMap<string, number> {
  if (kind === 'route') return new Map(shares.map((share) => [shareName(share), share.percent]));
  return new Map([[failure === undefined ? kind : `${failure.status ?? ''} ${failure.flag}`, 100]]);
}

import { isObject, type Json, type JsonObject, listOr, objectOr, sameJson, stableJson } from '../model/json.ts';
import { type OutcomeShare, type RouteOutcome, shareName } from '../model/route-outcome.ts';
import type { PolicyChange, Reachability } from '../model/traffic-diff.ts';

/** How much ends elsewhere: half the L1 distance of the two distributions, in percent. */
export function shiftedPercent(before: RouteOutcome, after: RouteOutcome): number {
  const [from, to] = [distribution(before, after), distribution(after, before)];
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
  const changes = [
    ...differences('headers', share.headers, twin.headers),
    ...differences('', share.policy, twin.policy),
    ...endpointChanges(share, twin),
  ];
  return changes.map((change) => ({ ...change, destination: shareName(share) }));
}

/** What a name stands for: labels, and what objects say of the endpoints behind a host. */
function endpointChanges(share: OutcomeShare, twin: OutcomeShare): readonly PolicyChange[] {
  if (share.failure !== undefined || twin.failure !== undefined) return [];
  const [{ behind: old, ...labels }, { behind: now, ...others }] = [share.endpoints, twin.endpoints];
  const [was, is] = [old, now].map((behind) => {
    const [only, ...more] = listOr(behind);
    return more.length === 0 ? only : behind;
  });
  return [
    ...differences('', labels, others),
    ...(isObject(was) && isObject(is) ? differences('', was, is) : differences('endpoints', was, is)),
  ];
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

/** How endpoints are spoken to, not which they are. */
const notPlaces: ReadonlySet<string> = new Set(['protocol', 'location', 'subjectAltNames']);

/** The pods or endpoints, as far as they are known: a name may come to stand for others, and others may be called by a new name. */
function placeKey(share: OutcomeShare, others: readonly OutcomeShare[]): string {
  if (share.failure !== undefined) {
    // Where it would go if it could: that it can't is told as lost reachability.
    const twin = others.find((one) => one.failure === undefined && shareName(one) === shareName(share));
    return twin === undefined ? shareName(share) : placeKey(twin, []);
  }
  const { labels = {}, behind } = share.endpoints;
  const places = listOr(behind).map((one) => Object.fromEntries(Object.entries(objectOr(one)).filter(([key]) => !notPlaces.has(key))));
  return `${share.host}:${share.port} ${stableJson([labels, places])}`;
}

/** Destinations, and what else a request can end as. */
function distribution({ kind, shares, failure }: RouteOutcome, other: RouteOutcome): ReadonlyMap<string, number> {
  if (kind === 'route') {
    const places = new Map<string, number>();
    for (const share of shares) {
      const key = placeKey(share, other.shares);
      places.set(key, (places.get(key) ?? 0) + share.percent);
    }
    return places;
  }
  return new Map([[failure === undefined ? kind : `${failure.status ?? ''} ${failure.flag}`, 100]]);
}

import { listOr, objectOr } from '../model/json.ts';
import { type Manifest, manifestId, originAt } from '../model/manifest.ts';
import { byCodePoint, listWords } from '../model/names.ts';
import { isWithin, type Pointer } from '../model/pointer.ts';
import { type OutcomeShare, outcomeKey, type RouteOutcome } from '../model/route-outcome.ts';
import type { ManifestPlace, MeshRequest } from '../model/routing.ts';
import type { Place } from '../model/source.ts';
import type { Cause, PatchOperation, Reachability, SourceLine, TrafficChange, TrafficDiff } from '../model/traffic-diff.ts';
import { type Condition, conditionKey } from '../requests/literal.ts';
import { usualAddress } from '../requests/request.ts';
import { type RequestClass, requestClasses, requestList, type Taken } from '../requests/request-classes.ts';
import type { ComparedPlace, ListedRoute, RouteList, RoutePlace } from '../requests/route-list.ts';
import { policyChanges, reachabilityOf, shiftedPercent } from './compare-outcomes.ts';
import { conditionWords, joinedWords } from './condition-words.ts';
import { givenCookies, hasImpossibleCookies } from './impossible-cookies.ts';

/** Objects that the other mesh has not, or has otherwise, by title: as they were and as they are. */
export interface ChangedObjects {
  readonly before: ReadonlyMap<string, Manifest>;
  readonly after: ReadonlyMap<string, Manifest>;
  /** What was done to those that are in both. */
  readonly operations: ReadonlyMap<string, readonly PatchOperation[]>;
  readonly lineOf: (place: Place, side: 'before' | 'after') => SourceLine | undefined;
}

/**
 * What changes for requests, place by place: each pair of routes that can take a request before and after, where what becomes of it
 * differs. Callers for whom the same changes are one; places where nothing changes are left out.
 */
export function compareTraffic(places: readonly ComparedPlace[], changed: ChangedObjects): readonly TrafficDiff[] {
  const names = grouped([...new Set(places.map(({ place }) => place.name))], (name) => name.split('.')[0] ?? name);
  const isShared = (short: string): boolean => (names.get(short)?.length ?? 0) > 1;
  return [...grouped(places, portKey).values()].flatMap((callers) => {
    const sights = [...grouped(callers, sightKey).values()];
    return sights.flatMap((alike) => {
      const [first] = alike;
      if (first === undefined) return [];
      const classes = changesAt(first, changed);
      if (classes.length === 0) return [];
      return [
        {
          ...placeWords(first.place, isShared),
          ...sortWords(first.place, sights.length < 2 ? undefined : callerWords(alike, callers)),
          classes,
          shiftedPercent: Math.max(...classes.map((one) => one.shiftedPercent)),
          reachability: worst(classes),
        },
      ];
    });
  });
}

function placeWords(
  { name, plain, kind }: RoutePlace,
  isShared: (short: string) => boolean,
): Pick<TrafficDiff, 'name' | 'host' | 'port' | 'gateway'> {
  const { port, gateway } = plain;
  return { name: kind === 'gateway' ? name : shortName(name, isShared), host: name, port, ...(gateway === undefined ? {} : { gateway }) };
}

/** Which of the requests are meant, where not all of the place are. */
function sortWords({ plain: { address } }: RoutePlace, callers: string | undefined): Pick<TrafficDiff, 'callers'> {
  const to = address === undefined || address === usualAddress ? [] : [`connections to ${address}`];
  const words = [...to, ...(callers === undefined ? [] : [callers])];
  return words.length === 0 ? {} : { callers: words.join(' ') };
}

/** 'reviews'; with its namespace where another has one of that name. */
function shortName(name: string, isShared: (short: string) => boolean): string {
  const [short = '', namespace = '', svc] = name.split('.');
  if (svc !== 'svc') return name;
  return isShared(short) ? `${short}.${namespace}` : short;
}

function worst(classes: readonly TrafficChange[]): Reachability {
  if (classes.some(({ reachability }) => reachability === 'lost')) return 'lost';
  return classes.some(({ reachability }) => reachability === 'gained') ? 'gained' : 'same';
}

/** Classes whose outcomes differ; those with the same change are one, in the order in which routes are tried. */
function changesAt(compared: ComparedPlace, changed: ChangedObjects): readonly TrafficChange[] {
  const { place, before, after } = compared;
  const [old, young] = [keyed(before), keyed(after)];
  const classes = requestClasses([old.list, young.list], {
    plain: place.plain,
    within: place.within,
    skip: ([a = 'none', b = 'none']) => old.outcome(a) === young.outcome(b),
  });
  const given = [
    givenCookies(before.routes.map(({ outcome }) => outcome)),
    givenCookies(after.routes.map(({ outcome }) => outcome)),
  ] as const;
  const sent = classes.filter(
    (one) =>
      one.kind !== 'witnessed' || !hasImpossibleCookies(one.request, { given, asked: routeOf(before, one.taken[0])?.condition ?? [] }),
  );
  const alone = before.routes.length <= 1 && after.routes.length <= 1;
  const same = grouped(sent, ({ taken: [a = 'none', b = 'none'] }) => `${old.outcome(a)} → ${young.outcome(b)}`);
  return [...same.values()].flatMap((members): readonly TrafficChange[] => {
    const [first] = members;
    if (first === undefined) return [];
    const [from, to] = [outcomeOf(before, first.taken[0]), outcomeOf(after, first.taken[1])];
    const policies = policyChanges(from, to);
    const isPlain = [...from.shares, ...to.shares].every(({ failure }) => failure === undefined);
    const restsOnRules = !isPlain || policies.some(({ destination }) => destination !== undefined);
    const witnessed = members.find(({ kind }) => kind === 'witnessed') ?? first;
    return [
      {
        requests: requestWords(members, before, after, alone),
        witness: witnessed.kind === 'witnessed' ? { kind: 'confirmed', request: placed(witnessed.request, place) } : witnessed,
        before: from,
        after: to,
        shiftedPercent: shiftedPercent(from, to),
        reachability: reachabilityOf(from, to),
        policies,
        causes: causesOf(members, compared, changed, restsOnRules, [...from.shares, ...to.shares]),
      },
    ];
  });
}

function keyed({ routes, otherwise }: RouteList) {
  const keys = routes.map(({ outcome }) => outcomeKey(outcome));
  const last = outcomeKey(otherwise);
  return {
    list: requestList(routes.map(({ condition }) => condition)),
    outcome: (taken: Taken): string => (taken === 'none' ? last : (keys[taken] ?? last)),
  };
}

function routeOf({ routes }: RouteList, taken: Taken | undefined): ListedRoute | undefined {
  return taken === undefined || taken === 'none' ? undefined : routes[taken];
}

function outcomeOf(list: RouteList, taken: Taken | undefined): RouteOutcome {
  return routeOf(list, taken)?.outcome ?? list.otherwise;
}

/** A host behind a wildcard is what the Host header says. */
function placed(request: MeshRequest, { name }: RoutePlace): MeshRequest {
  const { authority, ...others } = request;
  return authority === undefined || !name.startsWith('*') ? request : { ...others, host: authority };
}

function requestWords(members: readonly RequestClass[], before: RouteList, after: RouteList, alone: boolean): readonly string[] {
  const words = members.map(({ taken: [a, b] }) => {
    const asked: Condition = [...(routeOf(before, a)?.condition ?? []), ...(routeOf(after, b)?.condition ?? [])];
    return conditionWords(asked);
  });
  if (words.includes('')) return [alone ? 'everyone' : 'everyone else'];
  return joinedWords([...new Set(words)]);
}

/**
 * Changed objects that say the one route or the other, or what holds at their destinations. Where no route is taken, what took it away
 * is looked for among the place's other routes, and then in the gateway.
 */
function causesOf(
  members: readonly RequestClass[],
  { place, before, after }: ComparedPlace,
  changed: ChangedObjects,
  restsOnRules: boolean,
  shares: readonly OutcomeShare[],
): readonly Cause[] {
  const blamed = new Map<string, Blamed>();
  const blame = (route: ListedRoute | undefined, side: 'before' | 'after'): void => {
    const { manifest: title = '', pointer = '' } = route?.route ?? {};
    const manifest = changed[side].get(title);
    if (manifest !== undefined) blamed.set(title, { side, manifest, pointer: `/spec${pointer}`, route: { manifest: title, pointer } });
    for (const rule of restsOnRules ? (route?.rules ?? []) : []) {
      const found = changed[side].get(rule);
      if (found !== undefined) blamed.set(rule, { side, manifest: found, pointer: '/spec' });
    }
  };
  for (const { taken } of members) {
    blame(routeOf(before, taken[0]), 'before');
    blame(routeOf(after, taken[1]), 'after');
  }
  if (blamed.size === 0) {
    for (const route of before.routes) blame(route, 'before');
    for (const route of after.routes) blame(route, 'after');
  }
  if (blamed.size === 0) {
    const hosts = new Set(shares.map(({ host }) => host.toLowerCase()));
    for (const side of ['before', 'after'] as const)
      for (const [title, manifest] of changed[side]) if (isBehind(manifest, hosts)) blamed.set(title, { side, manifest, pointer: '/spec' });
  }
  const gateway = `Gateway ${place.plain.gateway ?? ''}`;
  const side = changed.after.has(gateway) ? 'after' : 'before';
  const found = changed[side].get(gateway);
  if (blamed.size === 0 && found !== undefined) blamed.set(gateway, { side, manifest: found, pointer: '/spec' });
  return [...blamed.values()].map((one) => causeOf(one, changed));
}

/** Whether an object says which endpoints hosts have. */
function isBehind({ kind, name, namespace = '', body }: Manifest, hosts: ReadonlySet<string>): boolean {
  if (kind === 'ServiceEntry') return listOr(objectOr(body.spec).hosts).some((host) => hosts.has(String(host).toLowerCase()));
  return kind === 'Service' && [...hosts].some((host) => host.startsWith(`${name}.${namespace}.svc.`));
}

interface Blamed {
  readonly side: 'before' | 'after';
  readonly manifest: Manifest;
  /** Into its body. */
  readonly pointer: Pointer;
  readonly route?: ManifestPlace;
}

/** The words behind what was changed there; of a new object, behind the whole route. */
function causeOf({ side, manifest, pointer, route }: Blamed, { operations, lineOf }: ChangedObjects): Cause {
  const id = manifestId(manifest);
  const done = operations.get(id) ?? [];
  const { path } = done.find((one) => isWithin(one.path, pointer)) ?? done[0] ?? { path: pointer };
  const place = originAt(manifest.provenance, path)?.at ?? manifest.owner.origin.at;
  const at = place === undefined ? undefined : lineOf(place, side);
  const { kind, name } = manifest.owner;
  return {
    manifest: id,
    ...(route === undefined ? {} : { route }),
    ...(kind === 'manifests' ? {} : { owner: `${kind} ${name}` }),
    ...(at === undefined ? {} : { at }),
  };
}

function portKey({ place: { kind, name, plain } }: ComparedPlace): string {
  return JSON.stringify([kind, name, plain.port, plain.gateway, plain.scheme, plain.protocol, plain.address]);
}

/** Equal for callers that see the same before and after. Names by which they call count where routes ask for them. */
function sightKey({ place, before, after }: ComparedPlace): string {
  const asksName = [...before.routes, ...after.routes].some(({ condition }) =>
    condition.some((literal) => literal.of === 'text' && literal.dimension === 'authority'),
  );
  return JSON.stringify([listKey(before), listKey(after), asksName ? conditionKey(place.within) : '']);
}

const listKeys = new WeakMap<RouteList, string>();

function listKey(list: RouteList): string {
  const known = listKeys.get(list);
  if (known !== undefined) return known;
  const key = JSON.stringify([
    ...list.routes.map(({ condition, outcome }) => [conditionKey(condition), outcomeKey(outcome)]),
    outcomeKey(list.otherwise),
  ]);
  listKeys.set(list, key);
  return key;
}

/** 'from namespace shop', 'from namespaces other than bookinfo'. */
function callerWords(alike: readonly ComparedPlace[], all: readonly ComparedPlace[]): string {
  const spell = ({ place: { plain } }: ComparedPlace): string => {
    const labels = Object.entries(plain.source.labels).map(([key, value]) => `${key}=${value}`);
    return labels.length === 0 ? plain.source.namespace : `${plain.source.namespace} (${labels.join(', ')})`;
  };
  const words = (places: readonly ComparedPlace[]): string => listWords([...new Set(places.map(spell))].sort(byCodePoint), 'or');
  if (alike.some(({ place }) => place.others === true)) {
    const rest = all.filter((one) => !alike.includes(one));
    return `from anywhere but ${words(rest)}`;
  }
  return `from ${words(alike)}`;
}

function grouped<T>(all: readonly T[], keyOf: (one: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    const list = groups.get(key);
    if (list === undefined) groups.set(key, [one]);
    else list.push(one);
  }
  return groups;
}

import { originOf } from '../model/intent.ts';
import { isObject, type Json, type JsonObject, listOr } from '../model/json.ts';
import { derived, type Traced, traced } from '../model/origin.ts';
import type { Pointer } from '../model/pointer.ts';
import type { RouteFields } from '../model/resolved.ts';
import { type RouteWords, routeFields } from '../model/words.ts';
import type { ResolveContext } from './context.ts';
import { destinationGoal } from './destinations.ts';
import { foreignDrafts } from './foreign-drafts.ts';
import { pinsOf, readsClaim } from './pins.ts';
import { acyclicDestinations } from './reference-diagnostics.ts';
import { type RouteDraft, restrict } from './route-draft.ts';
import { answerOnly, overlayFields, plainDestination, readFields } from './route-fields.ts';
import type { Target } from './service.ts';
import { canaryHasStable, reachableRoute, routeHasOneAnswer } from './share-diagnostics.ts';
import { sharesOf } from './shares.ts';

/** Who asks: the mesh's sidecars, or a gateway; claims can only be read there. */
export type Vantage = 'mesh' | 'gateway';

export interface RouteList {
  readonly routes: readonly RouteWords[];
  /** Where the list is written: '/routes' or '/expose/0/routes'. */
  readonly pointer: Pointer;
}

/**
 * A target's whole http behaviour as drafts in the order they are tried: the path-level routes, then what holds for everyone.
 * Each route that inherits is preceded by every pin, so that pins hold on all of them.
 */
export function routesOf(
  context: ResolveContext,
  target: Target,
  vantage: Vantage,
  list?: RouteList,
  via: readonly Target[] = [],
): readonly RouteDraft[] {
  const drafts = allRoutes(context, target, vantage, list, via);
  return vantage === 'gateway' ? drafts : drafts.flatMap(withoutClaims);
}

/** Only gateways can read claims (Istio: virtualservice.go, JWT-claim header on mesh): what asks for one is no route of the mesh. */
function withoutClaims(draft: RouteDraft): readonly RouteDraft[] {
  const match = draft.match.filter(({ value }) => !readsClaim(value));
  if (match.length === draft.match.length) return [draft];
  return match.length === 0 ? [] : [{ ...draft, match }];
}

export function draftsReadClaims(drafts: readonly RouteDraft[]): boolean {
  return drafts.some(({ match }) => match.some(({ value }) => readsClaim(value)));
}

function allRoutes(
  context: ResolveContext,
  target: Target,
  vantage: Vantage,
  list: RouteList | undefined,
  via: readonly Target[],
): readonly RouteDraft[] {
  const { routes, pointer } = list ?? { routes: target.words.routes ?? [], pointer: '/routes' };
  const drafts = routes.flatMap((route, index) => routeDrafts(context, target, vantage, route, `${pointer}/${index}`, via));
  const catchAll = routes.findIndex((route) => route.match === undefined);
  const rest = inheriting(context, target, {}, '', []);
  if (catchAll < 0) return [...drafts, ...rest];
  const said = target.words.stable !== undefined || target.words.split !== undefined;
  reportUnreachable(context, target, routes.length, catchAll, pointer, said ? rest : []);
  // What `stable` says is written even where a route before it takes every request: the intent says both, and is warned.
  return said ? [...drafts, ...rest] : drafts;
}

function reportUnreachable(
  context: ResolveContext,
  target: Target,
  count: number,
  catchAll: number,
  pointer: Pointer,
  rest: readonly RouteDraft[],
): void {
  const taker = originOf(target.intent, `${pointer}/${catchAll}`).at;
  const related = taker === undefined ? [] : [{ message: 'this route has no `match`: it takes every request', at: taker }];
  for (let index = catchAll + 1; index < count; index++)
    context.report(reachableRoute, { params: {}, at: originOf(target.intent, `${pointer}/${index}`).at, related });
  for (const draft of rest) context.report(reachableRoute, { params: {}, at: draft.origin.at, related });
}

function routeDrafts(
  context: ResolveContext,
  target: Target,
  vantage: Vantage,
  route: RouteWords,
  pointer: Pointer,
  via: readonly Target[],
): readonly RouteDraft[] {
  const answers = (['to', 'redirect', 'directResponse'] as const).filter((word) => route[word] !== undefined && route[word] !== null);
  if (answers.length > 1) context.report(routeHasOneAnswer, { params: { words: answers }, at: originOf(target.intent, pointer).at });
  const match = listOr(route.match as Json | undefined).map((_, i) =>
    traced(route.match?.[i] ?? {}, originOf(target.intent, `${pointer}/match/${i}`)),
  );
  const [answer] = answers;
  if (answer === undefined) return inheriting(context, target, route, pointer, match);
  const origin = originOf(target.intent, pointer);
  const own = readFields(context, target, route, pointer);
  const inherited = serviceFields(context, target);
  const named = routeName(target, route, pointer);
  if (answer === 'to')
    return ledElsewhere(context, target, vantage, { match, own, inherited, named, origin, to: route.to ?? null, pointer }, via);
  const value = traced<Json>(route[answer] ?? null, originOf(target.intent, `${pointer}/${answer}`));
  const goal =
    answer === 'redirect' ? { kind: 'redirect' as const, redirect: value } : { kind: 'directResponse' as const, directResponse: value };
  return [{ ...named, match, goal, fields: overlayFields(answerOnly(inherited), own), origin }];
}

interface Led {
  readonly match: RouteDraft['match'];
  readonly own: ReturnType<typeof readFields>;
  readonly inherited: RouteFields;
  readonly named: { readonly name?: Traced<string> };
  readonly origin: RouteDraft['origin'];
  readonly to: Json;
  readonly pointer: Pointer;
}

/** `to: {service: X}` is what X itself would answer, so X's own drafts are taken and restricted; every other destination is one draft. */
function ledElsewhere(context: ResolveContext, target: Target, vantage: Vantage, led: Led, via: readonly Target[]): readonly RouteDraft[] {
  const goal = destinationGoal(context, target, led.to, `${led.pointer}/to`);
  if (goal === undefined) return [];
  const foreign = goal.kind === 'shares' && (isObject(led.to) ? named(led.to) : false) ? goal : undefined;
  if (foreign === undefined)
    return [{ ...led.named, match: led.match, goal, fields: overlayFields(led.inherited, led.own), origin: led.origin }];
  const passed = [...via, target];
  if (passed.some(({ intent }) => intent === foreign.target.intent)) {
    const names = [...passed, foreign.target].map(({ intent }) => intent.name);
    context.report(acyclicDestinations, { params: { names }, at: originOf(target.intent, `${led.pointer}/to`).at });
    return [];
  }
  const answered = routesOf(context, foreign.target, vantage, undefined, passed);
  return restrict(context, foreignDrafts(context, foreign.target, target, answered, foreign.port), led.match).map((draft) => ({
    ...draft,
    ...led.named,
    fields: overlayFields(overlayFields(led.inherited, { fields: draft.fields, off: new Set() }), led.own),
    origin: led.origin,
  }));
}

function named(to: JsonObject): boolean {
  return typeof to.service === 'string' || typeof to.external === 'string';
}

/** The pins under these conditions, then the shares. */
function inheriting(
  context: ResolveContext,
  target: Target,
  route: RouteWords,
  pointer: Pointer,
  match: RouteDraft['match'],
): readonly RouteDraft[] {
  const own = pointer === '' ? { fields: {}, off: new Set<never>() } : readFields(context, target, route, pointer);
  const fields = overlayFields(serviceFields(context, target), own);
  const named = pointer === '' ? {} : routeName(target, route, pointer);
  const pins = pinsOf(context, target)
    .filter((pin) => pin.match.length > 0)
    .map(
      (pin): RouteDraft => ({
        ...named,
        match: pin.match,
        goal: { kind: 'shares', target, shares: [{ subset: pin.version }] },
        fields: overlayFields(fields, pin.own),
        origin: pin.version.origin,
      }),
    );
  const base: RouteDraft = {
    ...named,
    match,
    goal: { kind: 'shares', target, shares: sharesOf(context, target) },
    fields: overlayFields(fields, canaryMirror(context, target)),
    origin: pointer === '' ? restOrigin(target) : originOf(target.intent, pointer),
  };
  return [...restrict(context, pins, match), base];
}

function restOrigin(target: Target): RouteDraft['origin'] {
  const word = (['split', 'stable'] as const).find((candidate) => target.words[candidate] !== undefined);
  return word === undefined
    ? derived(originOf(target.intent, `/${target.intent.kind}`), 'everyone whom no rule names')
    : originOf(target.intent, `/${word}`);
}

/** `canary.mirror`: a copy of the stable traffic for the canary, on the routes that inherit. */
function canaryMirror(context: ResolveContext, target: Target): ReturnType<typeof readFields> {
  const { canary } = target.words;
  if (canary?.mirror === undefined || canary.mirror === 0) return { fields: {}, off: new Set() };
  const origin = originOf(target.intent, '/canary/mirror');
  if (canary.version === undefined) {
    context.report(canaryHasStable, { params: { name: target.intent.name }, at: origin.at });
    return { fields: {}, off: new Set() };
  }
  const mirror = traced<Json>(plainDestination(target.host.value, canary.version, undefined), originOf(target.intent, '/canary/version'));
  return { fields: { mirror, mirrorPercentage: traced<Json>({ value: canary.mirror }, origin) }, off: new Set() };
}

/** The HTTPRoute fields that the service itself carries, for every route that sets none of its own. */
export function serviceFields(context: ResolveContext, target: Target): RouteFields {
  return readFields(context, target, target.words, '').fields;
}

export function hasRouteField(target: Target): boolean {
  return routeFields.some((field) => target.words[field] !== undefined);
}

function routeName(target: Target, route: RouteWords, pointer: Pointer): { readonly name?: Traced<string> } {
  return route.name === undefined ? {} : { name: traced(route.name, originOf(target.intent, `${pointer}/name`)) };
}

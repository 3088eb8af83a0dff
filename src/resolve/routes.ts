import { originOf } from '../model/intent.ts';
import { isObject, type Json, type JsonObject, listOr } from '../model/json.ts';
import { type Traced, traced } from '../model/origin.ts';
import type { Pointer } from '../model/pointer.ts';
import type { RouteFields } from '../model/resolved.ts';
import type { RouteWords } from '../model/words.ts';
import type { ResolveContext } from './context.ts';
import { destinationGoal } from './destinations.ts';
import { foreignDrafts } from './foreign-drafts.ts';
import { inheriting, ledName, routeName, serviceFields } from './inheriting.ts';
import { readsClaim } from './pins.ts';
import { acyclicDestinations } from './reference-diagnostics.ts';
import { type RouteDraft, restrict } from './route-draft.ts';
import { answerOnly, overlayFields, readFields } from './route-fields.ts';
import type { Target } from './service.ts';
import { answerCarriesWord, routeHasOneAnswer } from './share-diagnostics.ts';

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
  const rest = inheriting(context, target, {}, '', [], vantage);
  if (routes.every((route) => route.match !== undefined)) return [...drafts, ...rest];
  const said = target.words.stable !== undefined || target.words.split !== undefined;
  // What `stable` says is written even where a route before it takes every request: the intent says both, and a rule warns of it.
  return said ? [...drafts, ...rest] : drafts;
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
  if (answer === undefined) return inheriting(context, target, route, pointer, match, vantage);
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
    ...ledName(draft, led.named),
    fields: ledFields(context, foreign.target, led, draft),
    origin: led.origin,
  }));
}

/** The route's own words over what the other answers with, over what this service gives all its routes. An answer without a destination takes few. */
function ledFields(context: ResolveContext, answering: Target, { own, inherited }: Led, { goal, fields }: RouteDraft): RouteFields {
  if (goal.kind !== 'redirect' && goal.kind !== 'directResponse')
    return overlayFields(overlayFields(inherited, { fields, off: new Set() }), own);
  for (const word of ['fault', 'rewrite'] as const) {
    const said = own.fields[word];
    const answer = (goal.kind === 'redirect' ? goal.redirect : goal.directResponse).origin.at;
    const related = answer === undefined ? [] : [{ message: 'this answers without a destination', at: answer }];
    if (said !== undefined)
      context.report(answerCarriesWord, { params: { word, name: answering.intent.name }, at: said.origin.at, related });
  }
  return overlayFields(overlayFields(answerOnly(inherited), { fields, off: new Set() }), { ...own, fields: answerOnly(own.fields) });
}

function named(to: JsonObject): boolean {
  return typeof to.service === 'string' || typeof to.external === 'string';
}

import { originOf } from '../model/intent.ts';
import type { Json } from '../model/json.ts';
import { derived, type Traced, traced } from '../model/origin.ts';
import type { Pointer } from '../model/pointer.ts';
import type { RouteFields } from '../model/resolved.ts';
import { type RouteWords, routeFields } from '../model/words.ts';
import type { ResolveContext } from './context.ts';
import { pinsOf } from './pins.ts';
import { isShifted, type RouteDraft, restrict } from './route-draft.ts';
import { overlayFields, plainDestination, readFields } from './route-fields.ts';
import type { Target } from './service.ts';
import { canaryHasStable } from './share-diagnostics.ts';
import { sharesOf } from './shares.ts';
import { type StickyGroup, stickyGroups } from './sticky.ts';

/** The pins under these conditions, then the shares: of remembered users, and of everyone else. */
export function inheriting(
  context: ResolveContext,
  target: Target,
  route: RouteWords,
  pointer: Pointer,
  match: RouteDraft['match'],
  vantage: 'mesh' | 'gateway',
): readonly RouteDraft[] {
  const own = pointer === '' ? { fields: {}, off: new Set<never>() } : readFields(context, target, route, pointer);
  const fields = overlayFields(serviceFields(context, target), own);
  const named = pointer === '' ? {} : routeName(target, route, pointer);
  const isShifted = target.words.weights === 'argo-rollouts';
  const pins = pinsOf(context, target)
    .filter((pin) => pin.match.length > 0)
    .map(
      (pin): RouteDraft => ({
        ...(isShifted ? {} : named),
        match: pin.match,
        goal: { kind: 'shares', target, shares: [{ subset: pin.version }] },
        fields: overlayFields(fields, pin.own),
        origin: pin.version.origin,
      }),
    );
  const origin = pointer === '' ? restOrigin(target) : originOf(target.intent, pointer);
  const everyone = { shares: sharesOf(context, target), isStable: true };
  const mirrored = overlayFields(fields, canaryMirror(context, target));
  const groups: readonly StickyGroup[] = stickyGroups(context, target, vantage) ?? [everyone];
  const drawn = groups.map(
    ({ match: held, shares, isStable }): RouteDraft => ({
      ...(isShifted ? shiftedName(target, named) : named),
      match: held === undefined ? [] : [held],
      goal: { kind: 'shares', target, shares },
      fields: isStable ? mirrored : fields,
      origin: held?.origin ?? origin,
    }),
  );
  return restrict(context, [...pins, ...drawn], match);
}

/** Argo Rollouts is told by name which routes it shifts; it stops at one of that name without both destinations, so pins have none. */
function shiftedName({ intent }: Target, named: Pick<RouteDraft, 'name'>): Pick<RouteDraft, 'name'> {
  return named.name === undefined
    ? { name: traced(shiftedRoute, derived(originOf(intent, '/weights'), 'the Rollout names the routes whose weights it shifts')) }
    : named;
}

const shiftedRoute = 'weighted';

/**
 * The name of another's draft among routes of one's own: as the leading route is called, or else so that the split of each service is told
 * from those of others. Pins of a service whose weights are shifted have none there either.
 */
export function ledName(draft: RouteDraft, named: Pick<RouteDraft, 'name'>): Pick<RouteDraft, 'name'> {
  const { goal, name } = draft;
  if (goal.kind !== 'shares' || goal.target.words.weights !== 'argo-rollouts') return named;
  if (!isShifted(draft)) return {};
  if (named.name !== undefined || name?.value !== shiftedRoute) return named;
  return { name: traced(`${shiftedRoute}-${goal.target.intent.name}`, name.origin) };
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

export function routeName(target: Target, route: RouteWords, pointer: Pointer): { readonly name?: Traced<string> } {
  return route.name === undefined ? {} : { name: traced(route.name, originOf(target.intent, `${pointer}/name`)) };
}

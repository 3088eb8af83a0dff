import type { JsonObject } from '../model/json.ts';
import { type Origin, type Traced, traced } from '../model/origin.ts';
import type { RouteFields } from '../model/resolved.ts';
import { intersectMatch } from '../requests/intersect-match.ts';
import type { ResolveContext } from './context.ts';
import type { Target } from './service.ts';
import { decidableRoute } from './share-diagnostics.ts';
import type { Share } from './shares.ts';

/** A route before it is known through which port and gateway it will be reached. */
export interface RouteDraft {
  readonly name?: Traced<string>;
  /** Alternatives; none = every request. */
  readonly match: readonly Traced<JsonObject>[];
  readonly goal: Goal;
  readonly fields: RouteFields;
  readonly origin: Origin;
}

export type Goal =
  | { readonly kind: 'shares'; readonly target: Target; readonly shares: readonly Share[]; readonly port?: Traced<number> }
  | { readonly kind: 'host'; readonly host: Traced<string>; readonly subset?: Traced<string>; readonly port?: Traced<number> }
  | { readonly kind: 'redirect'; readonly redirect: Traced }
  | { readonly kind: 'directResponse'; readonly directResponse: Traced };

/** Whether answers of a draft carry a cookie that remembers who was drawn. */
export function remembersUsers({ goal }: RouteDraft): boolean {
  return goal.kind === 'shares' && goal.shares.some(({ headers }) => headers !== undefined);
}

/** Whether the shares of a draft are those that Argo Rollouts moves. */
export function isShifted({ goal }: RouteDraft): boolean {
  return goal.kind === 'shares' && goal.target.words.weights === 'argo-rollouts' && goal.shares.length > 1;
}

/**
 * The drafts as they hold under further conditions (a path-level route around a pin, an exposure around them all).
 * A draft whose every alternative is impossible falls away; one that can't be decided is reported.
 */
export function restrict(
  context: ResolveContext,
  drafts: readonly RouteDraft[],
  within: readonly Traced<JsonObject>[],
): readonly RouteDraft[] {
  if (within.length === 0) return drafts;
  return drafts.flatMap((draft) => {
    const match =
      draft.match.length === 0 ? within : within.flatMap((outer) => draft.match.flatMap((inner) => both(context, outer, inner)));
    return match.length === 0 ? [] : [{ ...draft, match }];
  });
}

function both(context: ResolveContext, outer: Traced<JsonObject>, inner: Traced<JsonObject>): readonly Traced<JsonObject>[] {
  const met = intersectMatch(outer.value, inner.value);
  if (met.kind === 'match') return [traced(met.match, inner.origin)];
  if (met.kind === 'undecided') {
    const related = outer.origin.at === undefined ? [] : [{ message: 'together with this condition', at: outer.origin.at }];
    context.report(decidableRoute, { params: { key: met.key }, at: inner.origin.at, related });
  }
  return [];
}

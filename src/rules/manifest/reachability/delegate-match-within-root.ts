import { type DelegatedRoute, delegatedRoutes } from '../../../mesh/delegated-routes.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { listOr } from '../../../model/json.ts';
import { defineMeshRule } from '../../manifest-rule.ts';
import { matchTitle, routeTitle } from './route-words.ts';

/**
 * Each match of a delegate's route must ask for part of what a match of the delegating route asks for, as Istio compares their texts; if
 * one does not, Istio drops the whole route and says so in its log alone (pilot/pkg/model/virtualservice.go mergeHTTPMatchRequests,
 * hasConflict). Where several delegate to it, one that keeps the route is enough. A warning, since others may delegate that are not shown.
 */
export const delegateMatchWithinRoot = defineMeshRule<{ id: string; match: string; route: string; root: string }>({
  code: 'MS5858',
  name: 'delegate-match-within-root',
  severity: 'warning',
  summary: ({ id, match, route, root }) =>
    `${match} of ${id} does not fit into ${route} of ${root}, which delegates to it, so Istio drops the whole route`,
  why: 'Istio joins the matches of both and leaves out what conflicts, without a word: requests for the route go to the routes behind it, or get 404.',
  fix: 'Match within what the delegating route matches, such as `prefix: /x/y` under `prefix: /x`, or leave out what it has said already. Istio compares texts: where either side has a `regex`, they conflict.',
  since: '0.1.0',
  reads: ['VirtualService'],
  meshes: { from: 8 },
  check(mesh, report) {
    const own = new Set(mesh.ofKind('VirtualService'));
    const refusals = new Map<DelegatedRoute['part'], DelegatedRoute | 'kept'>();
    for (const root of mesh.shown('VirtualService')) {
      if (!root.wellFormed || listOr(root.spec.hosts).length === 0) continue;
      for (const delegated of delegatedRoutes(root, mesh)) {
        if (!delegated.leaf.wellFormed || !own.has(delegated.leaf)) continue;
        if (delegated.refused === undefined) refusals.set(delegated.part, 'kept');
        else if (!refusals.has(delegated.part)) refusals.set(delegated.part, delegated);
      }
    }
    for (const refusal of refusals.values()) {
      if (refusal === 'kept' || refusal.refused === undefined) continue;
      const { leaf, part, root, rootPart, refused } = refusal;
      const params = {
        id: titleOf(leaf),
        match: matchTitle(part, refused.pointer),
        route: routeTitle(rootPart),
        root: titleOf(root),
      };
      const related = [{ message: 'the delegating route', at: root.at(`${rootPart.pointer}/match`) }];
      report(leaf, { params, pointer: refused.pointer, related });
    }
  },
});

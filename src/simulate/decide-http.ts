import type { Mesh } from '../mesh/mesh.ts';
import { titleOf } from '../mesh/mesh-object.ts';
import { compact, isObject, type JsonObject, listOr } from '../model/json.ts';
import type { DecisionStep, ManifestPlace, MeshRequest, RouteDecision, RouteFailure } from '../model/routing.ts';
import { describeMatch } from './describe-match.ts';
import type { HttpEntry } from './http-entries.ts';
import { matchRequest } from './match-request.ts';
import { type DestinationSight, type Routed, routeDestinations } from './route-destinations.ts';

/** What was seen before the routes, and goes into the decision's story. */
export interface Story {
  readonly steps: readonly DecisionStep[];
  readonly assumptions: readonly string[];
}

/** How a decision is made once the routes are known: by a request, or for whoever wants the routes themselves. */
export type Among = (entries: readonly HttpEntry[], request: MeshRequest, sight: DestinationSight, story: Story) => RouteDecision;

/** The first route whose match holds takes the request; a virtual host without such a route answers 404. */
export function decideAmong(
  entries: readonly HttpEntry[],
  request: MeshRequest,
  sight: DestinationSight,
  { steps, assumptions }: Story,
): RouteDecision {
  const told: DecisionStep[] = [...steps];
  for (const entry of entries) {
    const { holds, because } = matchRequest(entry.match, request, sight.mesh.environment.istio.minor);
    const place = { manifest: titleOf(entry.object), pointer: entry.matchPointer };
    if (holds) {
      const asks = describeMatch(entry.match);
      told.push({ about: 'match', says: asks === '' ? 'takes every request' : `takes it: ${asks}`, took: true, place });
      return takenBy(entry, sight, { steps: told, assumptions });
    }
    told.push({ about: 'match', says: because ?? 'does not match', took: false, place });
  }
  return failed(noRoute, { steps: told, assumptions });
}

export const noRoute: RouteFailure = {
  status: 404,
  flag: 'NR',
  reason: 'no route of the virtual host matches, and there is no other',
};

/** Redirect goes before a direct answer, that before destinations (route.go TranslateRoute). */
export function takenBy(entry: HttpEntry, sight: DestinationSight, story: Story): RouteDecision {
  const { route, object, pointer } = entry;
  const place: ManifestPlace & { name?: string } = {
    manifest: titleOf(object),
    pointer,
    ...(typeof route.name === 'string' && route.name !== '' ? { name: route.name } : {}),
  };
  const taken = {
    route: place,
    onTheWay: onTheWay(route, sight.mesh.environment.istio.minor),
    assumptions: story.assumptions,
    steps: story.steps,
  };
  if (isObject(route.redirect)) return { ...taken, kind: 'redirect', destinations: [], redirect: route.redirect };
  if (isObject(route.directResponse)) return { ...taken, kind: 'direct-response', destinations: [], directResponse: route.directResponse };
  const routed = routeDestinations(listOr(route.route), object.namespace, sight);
  return routedTo(routed, story, taken);
}

/** A decision for destinations, with what they leave open. */
export function routedTo(
  routed: Routed,
  { steps, assumptions }: Story,
  taken: Pick<RouteDecision, 'onTheWay'> & Partial<Pick<RouteDecision, 'route'>>,
): RouteDecision {
  return {
    ...taken,
    kind: 'route',
    destinations: routed.destinations,
    steps: [...steps, ...routed.destinations.map(destinationStep)],
    assumptions: saidOnce([...assumptions, ...routed.assumptions]),
    ...(routed.undefinedOrder.length === 0 ? {} : { undefinedOrder: routed.undefinedOrder }),
  };
}

/** What says more of the same stands for it. */
function saidOnce(assumptions: readonly string[]): readonly string[] {
  return [...new Set(assumptions)].filter((one) => !assumptions.some((other) => other !== one && other.startsWith(one)));
}

function destinationStep({ host, subset, port, percent, failure, rules }: RouteDecision['destinations'][number]): DecisionStep {
  const name = `${host}:${port}${subset === undefined ? '' : ` (${subset})`}`;
  const by = rules.length === 0 ? '' : `, by ${rules.join(' and ')}`;
  return {
    about: 'destination',
    says: `${share(percent)} to ${name}${failure === undefined ? by : `: ${failure.reason}`}`,
    took: failure === undefined,
  };
}

function share(percent: number): string {
  return `${Number(percent.toFixed(2))} %`;
}

export function failed(failure: RouteFailure, { steps, assumptions }: Story): RouteDecision {
  return { kind: 'failure', destinations: [], failure, onTheWay: {}, steps, assumptions };
}

/** What acts on a request beside the choice of where it goes, as the route says it; `mirrors` has an effect since 1.20. */
function onTheWay(route: JsonObject, minor: number): JsonObject {
  const { timeout, retries, fault, mirror, mirrorPercentage, rewrite, headers, corsPolicy } = route;
  const mirrors = minor < 20 ? undefined : route.mirrors;
  return compact({ timeout, retries, fault, mirror, mirrorPercentage, mirrors, rewrite, headers, corsPolicy });
}

/** Whether an environment's mesh still chooses the oldest of several wildcards (before 1.21, Istio note 45415). */
export function takesOldestWildcard({ environment }: Mesh): boolean {
  return environment.istio.minor < 21;
}

import { byCodePoint, listWords } from '../model/names.ts';
import type { OutcomeShare, RouteOutcome } from '../model/route-outcome.ts';
import { shareName } from '../model/route-outcome.ts';
import type { MeshRequest, RouteDecision } from '../model/routing.ts';
import { everything } from '../requests/literal.ts';
import type { ListedRoute, RouteList, RoutePlace } from '../requests/route-list.ts';
import { conditionAsked } from './condition-asked.ts';
import { decideAtGateway } from './decide-at-gateway.ts';
import { type Among, failed, noRoute, takenBy } from './decide-http.ts';
import { decideInMesh } from './decide-in-mesh.ts';
import type { HttpEntry } from './http-entries.ts';
import type { DestinationSight } from './route-destinations.ts';
import type { Sources } from './sources.ts';

/**
 * The routes of a place, in order, each as a condition with what becomes of the requests that it takes. It is the simulator that looks
 * them up: `decide` of any request of the place ends as the first route here whose condition holds says. Where routes have no say (a
 * connection, a host without VirtualService, a redirect of the server) the list is one route for everything.
 */
export function routeListAt({ plain }: RoutePlace, sources: Sources): RouteList {
  let listed: readonly ListedRoute[] | undefined;
  let assumed: readonly string[] = [];
  const among: Among = (entries, _request, sight, { assumptions }) => {
    const decisions = entries.map((entry) => ({ entry, decision: takenBy(entry, sight, noStory) }));
    listed = decisions.map(({ entry, decision }) => listedRoute(entry, decision, sight));
    assumed = [...assumptions, ...decisions.flatMap(({ decision }) => assumptionsOf(decision))];
    return failed(noRoute, noStory);
  };
  const decision = decideAt(plain, sources, among);
  const otherwise = outcomeOf(failed(noRoute, noStory));
  if (listed !== undefined) return { routes: listed, otherwise, assumptions: [...new Set([...assumed, ...assumptionsOf(decision)])] };
  return { routes: [wholeRoute(decision)], otherwise, assumptions: assumptionsOf(decision) };
}

/** What a decision comes down to. Destinations that are named twice are one. */
export function outcomeOf({ kind, destinations, redirect, directResponse, failure, onTheWay }: RouteDecision): RouteOutcome {
  const shares = new Map<string, OutcomeShare>();
  for (const { rules: _, ...share } of destinations) {
    const name = shareName(share);
    shares.set(name, { ...share, percent: share.percent + (shares.get(name)?.percent ?? 0) });
  }
  return {
    kind,
    shares: [...shares].sort(([a], [b]) => byCodePoint(a, b)).map(([, share]) => share),
    ...(redirect === undefined ? {} : { redirect }),
    ...(directResponse === undefined ? {} : { directResponse }),
    ...(failure === undefined ? {} : { failure }),
    onTheWay,
  };
}

/** Of two that only their age tells apart, the simulator takes the first by name. */
function assumptionsOf({ assumptions, undefinedOrder }: RouteDecision): readonly string[] {
  if (undefinedOrder === undefined) return assumptions;
  return [...assumptions, `${listWords(undefinedOrder)} decide the same; the first is taken to be the oldest, which no manifest tells`];
}

const noStory = { steps: [], assumptions: [] };

function decideAt(request: MeshRequest, sources: Sources, among: Among): RouteDecision {
  return request.gateway === undefined ? decideInMesh(request, sources, among) : decideAtGateway(request, sources, among);
}

function listedRoute(entry: HttpEntry, decision: RouteDecision, { mesh }: DestinationSight): ListedRoute {
  const condition = conditionAsked(entry.match, mesh.environment.istio.minor);
  return { ...wholeRoute(decision), condition };
}

function wholeRoute(decision: RouteDecision): ListedRoute {
  const { route, destinations } = decision;
  return {
    condition: everything,
    outcome: outcomeOf(decision),
    ...(route === undefined ? {} : { route: { manifest: route.manifest, pointer: route.pointer } }),
    rules: [...new Set(destinations.flatMap(({ rules }) => rules))],
  };
}

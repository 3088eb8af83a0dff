import { compact, type Json, stableJson } from '../model/json.ts';
import type { RouteDecision, RoutedDestination } from '../model/routing.ts';

/**
 * Whether a decision gives no answer that two others would not give: it routes as one of them does, share by share, failures included;
 * and the policy that holds at each destination is one that one of them has there. A policy may so come before its routes or after them.
 * What it takes for granted one of them has to take for granted too: a host that nothing shows any more, or not yet, may not be there.
 */
export function isAnswerOf(decision: RouteDecision, one: RouteDecision, other: RouteDecision): boolean {
  const route = routeText(decision);
  if (route !== routeText(one) && route !== routeText(other)) return false;
  const granted = [...one.assumptions, ...other.assumptions];
  if (!decision.assumptions.every((assumption) => granted.includes(assumption))) return false;
  const given = new Set([one, other].flatMap(({ destinations }) => destinations.map(policyText)));
  // Where a host was not routed at all no policy held: it may come to be known before its policy, if that does not say how to speak to it.
  if (one.kind === 'passthrough' || other.kind === 'passthrough')
    for (const destination of [...one.destinations, ...other.destinations])
      if (destination.policy.tls === undefined) given.add(policyText({ ...destination, policy: {} }));
  return decision.destinations.every((destination) => destination.failure !== undefined || given.has(policyText(destination)));
}

/** Where a request goes and what happens on the way, as text; whoever says so does not count. */
export function routeText(decision: RouteDecision): string {
  const { kind, redirect, directResponse, failure, onTheWay, destinations, undefinedOrder = [] } = decision;
  return stableJson(
    compact({
      kind,
      redirect,
      directResponse,
      failure: failure === undefined ? undefined : [failure.flag, failure.status ?? 0],
      onTheWay,
      destinations: destinations.map(placeOf),
      // Where only age decides, the decision is not the mesh's to promise.
      undefinedOrder: [...undefinedOrder].sort(),
    }),
  );
}

/**
 * The pods, not the name of the subset: a name may come to mean others. Who is refused is not told where the request was to go.
 */
function placeOf({ host, port, percent, headers, endpoints, failure }: RoutedDestination): Json {
  const share = Number(percent.toFixed(6));
  return failure === undefined ? [host.toLowerCase(), port, endpoints, share, headers ?? null] : [failure.flag, failure.status ?? 0, share];
}

/** How endpoints are spoken to: TLS to a port that was meant for plain text is neither what was nor what shall be. */
function policyText({ host, port, endpoints, policy }: RoutedDestination): string {
  return stableJson([host.toLowerCase(), port, endpoints, policy]);
}

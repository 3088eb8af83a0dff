import { matchesOf, routesOf } from '../istio/virtual-service-parts.ts';
import type { MeshObject } from '../mesh/mesh-object.ts';
import { listOr, objectOr } from '../model/json.ts';
import type { MeshRequest } from '../model/routing.ts';
import { addressRange, printAddress } from '../requests/address-range.ts';
import { findRequest } from '../requests/find-request.ts';
import { holds } from '../requests/holds.ts';
import { httpCondition } from '../requests/http-condition.ts';
import type { Condition, Literal } from '../requests/literal.ts';
import { policyConditions } from './policy-conditions.ts';
import type { RequestContext } from './request-contexts.ts';

export interface Witnesses {
  /** One request for each class: for each way in which the conditions in play can hold and not hold together. */
  readonly requests: readonly MeshRequest[];
  /** Whether some class is left out, because a condition can't be decided or there are too many. */
  readonly undecided: boolean;
}

/** Classes of one context that are told apart one by one; conditions of more are taken singly and in their order. */
const mostClasses = 256;

/**
 * A witness for every class of requests that the conditions of the deciders tell apart. Whatever routes a mesh makes of these conditions,
 * in whatever order: two requests of a class are decided alike.
 */
export function witnessRequests({ request, deciders, policies }: RequestContext, minor: number): Witnesses {
  const asked = policies.map(policyConditions);
  const open =
    asked.some(({ undecided }) => undecided) || (asked.some(({ conditions }) => conditions.length > 0) && deciders.some(changesRequests));
  if (request.protocol !== 'http') return { requests: [request, ...atAddresses(request, deciders)], undecided: open };
  const conditions = distinct([
    ...deciders.flatMap(({ spec, namespace }) =>
      routesOf(spec, ['http']).flatMap((part) =>
        matchesOf(part).map(({ match }) => httpCondition(match, { minor, namespace }).filter(asksOfRequest)),
      ),
    ),
    ...asked.flatMap((one) => one.conditions),
  ]);
  const { requests, undecided } = allClasses(conditions, request) ?? singleClasses(conditions, request);
  return { requests, undecided: undecided || open };
}

/** A connection is also routed by where it goes: one to each stretch of addresses that a route names. */
function atAddresses(request: MeshRequest, deciders: readonly MeshObject[]): readonly MeshRequest[] {
  const matches = deciders.flatMap(({ spec }) => routesOf(spec, ['tls', 'tcp']).flatMap(matchesOf));
  const subnets = new Set(matches.flatMap(({ match }) => listOr(match.destinationSubnets).map(String)));
  return [...subnets]
    .flatMap((subnet) => addressRange(subnet) ?? [])
    .map(({ family, first, last }) => ({ ...request, address: printAddress(family, first < last ? first + 1n : first) }));
}

/** Policies see a request as it arrives: a path or header that is changed on the way is not the one that was sent. */
function changesRequests({ spec }: MeshObject): boolean {
  return routesOf(spec, ['http']).some(({ route }) => route.rewrite !== undefined || objectOr(route.headers).request !== undefined);
}

/** The caller, port and gateway are the context's. */
function asksOfRequest(literal: Literal): boolean {
  return literal.of !== 'text' || !(['port', 'gateway', 'namespace'].includes(literal.dimension) || literal.dimension.startsWith('label '));
}

function distinct(conditions: readonly Condition[]): readonly Condition[] {
  const byWords = new Map(
    conditions.filter((one) => one.length > 0).map((one) => [JSON.stringify(one.map(({ at: _, ...literal }) => literal)), one]),
  );
  return [...byWords.values()];
}

interface Cell {
  readonly inside: Condition;
  readonly outside: readonly Condition[];
  readonly request: MeshRequest;
}

function allClasses(conditions: readonly Condition[], plain: MeshRequest): Witnesses | undefined {
  let cells: readonly Cell[] = [{ inside: [], outside: [], request: plain }];
  let undecided = false;
  for (const condition of conditions) {
    const split: Cell[] = [];
    for (const { inside, outside, request } of cells) {
      const known = holds(condition, request);
      const halves = [
        { holds: true, inside: [...inside, ...condition], outside },
        { holds: false, inside, outside: [...outside, condition] },
      ];
      for (const half of halves) {
        if (known === half.holds) {
          split.push({ ...half, request });
          continue;
        }
        const found = findRequest(half.inside, { outside: half.outside, plain });
        if (found.kind === 'found') split.push({ ...half, request: found.request });
        else undecided ||= found.kind === 'undecided';
      }
    }
    if (split.length > mostClasses) return undefined;
    cells = split;
  }
  return { requests: cells.map(({ request }) => request), undecided };
}

/** Each condition by itself, and where those before it do not hold. */
function singleClasses(conditions: readonly Condition[], plain: MeshRequest): Witnesses {
  const searches = [
    findRequest([], { outside: conditions, plain }),
    ...conditions.flatMap((condition, i) => [
      findRequest(condition, { plain }),
      findRequest(condition, { outside: conditions.slice(0, i), plain }),
    ]),
  ];
  return { requests: [plain, ...searches.flatMap((search) => (search.kind === 'found' ? [search.request] : []))], undecided: true };
}

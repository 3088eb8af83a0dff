import { qualifiedGateway } from '../istio/host.ts';
import { type Json, type JsonObject, listOr, objectOr, sameJson } from '../model/json.ts';
import type { ReadAnswer, ReadPoint, ReadRoute, ReadRoutes } from '../model/read-back.ts';
import type { MeshRequest } from '../model/routing.ts';
import { httpCondition } from '../requests/http-condition.ts';
import type { Condition } from '../requests/literal.ts';
import { among } from '../requests/proxy-literals.ts';
import { plainRequest } from '../requests/request.ts';
import { type RequestList, requestClasses, requestList, type Taken } from '../requests/request-classes.ts';
import type { Clause } from './clauses.ts';
import { type Meant, meantBy, nothingMeant, sameAnswer } from './same-answer.ts';
import { concrete } from './vantage.ts';

/** Requests that the manifests treat otherwise than the intent says; one of them, unless they can't be told. */
export interface Difference {
  readonly request?: MeshRequest;
  /** Of requests that can't be told: why. */
  readonly because?: string;
  readonly clause?: Clause;
  readonly meant: Meant;
  readonly route?: ReadRoute;
  readonly does: ReadAnswer;
}

interface MeantEntry {
  /** All of them must hold. */
  readonly matches: readonly JsonObject[];
  readonly clause: Clause;
  readonly meant: Meant;
}

/**
 * Where clauses and routes differ. Equal lists, entry by entry, are equal without a search; what is left is compared by classes of
 * requests: every pair of a clause and a route that some request meets first in both, and that give it different answers.
 */
export function compareRoutes(clauses: readonly Clause[], read: ReadRoutes, at: ReadPoint, minor: number): readonly Difference[] {
  const meant = entriesAt(clauses, at);
  if (alike(meant, read)) return [];
  const entries = cut(meant, ({ matches }) => matches.every(takesAll));
  const routes = cut(read.routes, ({ match }) => takesAll(match));
  // What no route takes is one more entry, which stands in no manifest.
  const whole: readonly Pick<ReadRoute, 'match' | 'answer'>[] =
    read.otherwise.kind === 'failure' ? routes : [...routes, { match: {}, answer: read.otherwise }];
  const reading = { minor, namespace: undefined };
  const conditions = entries.map(({ matches }): Condition => matches.flatMap((match) => httpCondition(match, reading)));
  const lists: readonly RequestList[] = [requestList(conditions), requestList(whole.map(({ match }) => httpCondition(match, reading)))];
  const answers = (taken: readonly Taken[]) => {
    const [i = 'none', j = 'none'] = taken;
    const entry = i === 'none' ? undefined : entries[i];
    const route = j === 'none' ? undefined : routes[j];
    return { entry, route, meant: entry?.meant ?? nothingMeant, does: route?.answer ?? read.otherwise };
  };
  const skip = (taken: readonly Taken[]): boolean => {
    const { meant: says, does } = answers(taken);
    return (says.kind === 'failure' && does.kind === 'failure') || sameAnswer(says, does);
  };
  return requestClasses(lists, { skip, plain: plainAt(at), within: arriving(at) }).map((found): Difference => {
    const { entry, route, meant: says, does } = answers(found.taken);
    const sides = {
      ...(entry === undefined ? {} : { clause: entry.clause }),
      meant: says,
      ...(route === undefined ? {} : { route }),
      does,
    };
    return found.kind === 'witnessed' ? { ...sides, request: found.request } : { ...sides, because: found.because };
  });
}

/** What somebody would ask first, there. */
export function plainAt({ host, port, gateway, namespace }: ReadPoint): MeshRequest {
  const own = { ...plainRequest, host: concrete(host), port };
  return { ...own, source: { namespace, labels: {} }, ...(gateway === undefined ? {} : { gateway }) };
}

function arriving({ authorities }: ReadPoint): Condition {
  return authorities === undefined ? [] : [among('authority', authorities, '')];
}

/** Each alternative of a clause for itself, as far as port and gateway let it hold there. */
function entriesAt(clauses: readonly Clause[], at: ReadPoint): readonly MeantEntry[] {
  const entries: MeantEntry[] = [];
  for (const clause of clauses) {
    let combined: readonly (readonly JsonObject[])[] = [[]];
    for (const alternatives of clause.within) {
      const open = alternatives.flatMap((match): readonly JsonObject[] => here(match, at) ?? []);
      combined = combined.flatMap((matches) => open.map((match) => [...matches, match]));
    }
    if (combined.length === 0) continue;
    const meant = meantBy(clause);
    for (const matches of combined) entries.push({ matches, clause, meant });
    if (combined.some((matches) => matches.every(takesAll))) break;
  }
  return entries;
}

/** A match as it holds on a port and at a gateway; undefined where it does not. */
function here(match: JsonObject, { port: called, gateway = 'mesh', namespace }: ReadPoint): readonly [JsonObject] | undefined {
  const { port, gateways, name, statPrefix, ...rest } = match;
  if (typeof port === 'number' && port !== 0 && port !== called) return undefined;
  const named = listOr(gateways).map((one) => (one === 'mesh' ? 'mesh' : qualifiedGateway(String(one), namespace)));
  if (named.length > 0 && !named.includes(gateway)) return undefined;
  return [port === undefined && gateways === undefined && name === undefined && statPrefix === undefined ? match : rest];
}

/** Entry for entry the same conditions and the same answers. */
function alike(meant: readonly MeantEntry[], { routes, otherwise }: ReadRoutes): boolean {
  if (routes.length === 0 && otherwise.kind !== 'failure') {
    const [only] = meant;
    return only?.matches.every(takesAll) === true && sameAnswer(only.meant, otherwise);
  }
  if (meant.length !== routes.length || otherwise.kind !== 'failure') return false;
  return meant.every((entry, i) => {
    const route = routes[i];
    const match = merged(entry.matches);
    return route !== undefined && match !== undefined && sameJson(match, route.match) && sameAnswer(entry.meant, route.answer);
  });
}

const conditionMaps: ReadonlySet<string> = new Set(['headers', 'withoutHeaders', 'queryParams', 'sourceLabels']);

/** Conditions side by side, where no two speak of the same. */
function merged(matches: readonly JsonObject[]): JsonObject | undefined {
  const [only, ...more] = matches;
  if (only === undefined) return {};
  if (more.length === 0) return only;
  const all: Record<string, Json> = { ...only };
  for (const match of more) {
    for (const [key, value] of Object.entries(match)) {
      const known = all[key];
      if (known === undefined) all[key] = value;
      else if (!conditionMaps.has(key)) return undefined;
      else {
        const [a, b] = [objectOr(known), objectOr(value)];
        if (Object.keys(b).some((name) => Object.hasOwn(a, name))) return undefined;
        all[key] = { ...a, ...b };
      }
    }
  }
  return all.ignoreUriCase !== undefined && matches.some(({ uri, ignoreUriCase }) => uri !== undefined && ignoreUriCase === undefined)
    ? undefined
    : all;
}

function takesAll(match: JsonObject): boolean {
  for (const _ in match) return false;
  return true;
}

/** Up to the first that takes every request; nothing reaches those behind it. */
function cut<T>(list: readonly T[], isLast: (one: T) => boolean): readonly T[] {
  const last = list.findIndex(isLast);
  return last === -1 ? list : list.slice(0, last + 1);
}

import { isObject, type JsonObject, objectOr } from '../model/json.ts';
import type { MeshRequest } from '../model/routing.ts';
import { literalHolds, textOf } from '../requests/holds.ts';
import type { Literal, TextLiteral } from '../requests/literal.ts';
import type { Pattern } from '../requests/pattern.ts';
import { conditionAsked } from './condition-asked.ts';

/** Whether a request fulfils what a match asks of requests, and the first condition that it does not. */
export interface MatchAnswer {
  readonly holds: boolean;
  /** Of a match that does not hold: 'the header end-user is "jane", not "jason"'. */
  readonly because?: string;
}

const yes: MatchAnswer = { holds: true };

/** The conditions of an HTTPMatchRequest on the request itself; those on its source and port are decided before. */
export function matchRequest(match: JsonObject, request: MeshRequest, minor: number): MatchAnswer {
  for (const literal of conditionAsked(match, minor)) {
    const holds = literalHolds(literal, request);
    // What nobody can decide here is not taken for a match.
    if (holds !== true)
      return { holds: false, because: holds === undefined ? `nobody can tell: ${nameOf(literal)}` : faultOf(literal, request) };
  }
  return yes;
}

/** A catch-all ends the list of routes: nothing behind it is made (route.go IsCatchAllRoute). */
export function isCatchAll(match: JsonObject): boolean {
  const { uri, headers, queryParams, withoutHeaders, method, authority, scheme } = match;
  const conditions = [headers, queryParams, withoutHeaders].some((map) => Object.keys(objectOr(map)).length > 0);
  if (conditions || [method, authority, scheme].some(isObject)) return false;
  if (!isObject(uri)) return true;
  return uri.prefix === '/' || uri.regex === '.*';
}

function faultOf(literal: Literal, request: MeshRequest): string {
  const name = nameOf(literal);
  if (literal.of !== 'text') return `${name} is another`;
  const value = textOf(request, literal.dimension);
  if (value === undefined) return `${name} is missing`;
  if (literal.negated) return literal.pattern === undefined ? `${name} is there` : `${name} is ${quoted(value)}, which is excluded`;
  return `${name} is ${quoted(value)}, ${literal.pattern === undefined ? 'which is not asked for' : otherThan(literal.pattern)}`;
}

function otherThan(pattern: Pattern): string {
  switch (pattern.kind) {
    case 'among':
      return `not ${pattern.texts.map(quoted).join(' or ')}`;
    case 'prefix':
      return `which does not begin with ${quoted(pattern.text)}`;
    case 'regex':
      return `which ${quoted(pattern.regex)} does not match`;
    case 'hosts':
      return `not ${pattern.hosts.join(' or ')}`;
  }
}

function nameOf(literal: Literal): string {
  switch (literal.of) {
    case 'text':
      return dimensionName(literal);
    case 'claim':
      return `the claim ${literal.path.join('.')}`;
    case 'address':
      return 'the address';
    case 'opaque':
      return literal.words;
  }
}

function dimensionName({ dimension }: TextLiteral): string {
  const space = dimension.indexOf(' ');
  if (space < 0) return `the ${dimension}`;
  const [sort, name] = [dimension.slice(0, space), dimension.slice(space + 1)];
  return sort === 'query' ? `the query parameter ${name}` : `the ${sort} ${name}`;
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

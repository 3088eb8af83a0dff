import { readRe2 } from '../istio/re2.ts';
import { isObject, type Json, type JsonObject, objectOr } from '../model/json.ts';
import type { MeshRequest } from '../model/routing.ts';

/** Whether a request fulfils what a match asks of requests, and the first condition that it does not. */
export interface MatchAnswer {
  readonly holds: boolean;
  /** Of a match that does not hold: 'the header end-user is "jane", not "jason"'. */
  readonly because?: string;
}

const yes: MatchAnswer = { holds: true };

/** The conditions of an HTTPMatchRequest on the request itself; those on its source and port are decided before. (route.go TranslateRouteMatch) */
export function matchRequest(match: JsonObject, request: MeshRequest, minor: number): MatchAnswer {
  const because =
    uriFault(match, request) ??
    stringFault('the method', match.method, request.method) ??
    stringFault('the scheme', match.scheme, request.scheme) ??
    stringFault('the authority', match.authority, authorityOf(request)) ??
    mapFault(match.headers, (name, condition) => headerFault(name, condition, request)) ??
    mapFault(match.withoutHeaders, (name, condition) => withoutFault(name, condition, request, minor)) ??
    mapFault(match.queryParams, (name, condition) => valueFault(`the query parameter ${name}`, condition, request.query[name]));
  return because === undefined ? yes : { holds: false, because };
}

/** What Envoy compares with `authority` and `:authority`: the Host header as sent, port and all. */
export function authorityOf({ host, authority, headers }: MeshRequest): string {
  return authority ?? headers.host ?? host;
}

/** A catch-all ends the list of routes: nothing behind it is made (route.go IsCatchAllRoute). */
export function isCatchAll(match: JsonObject): boolean {
  const { uri, headers, queryParams, withoutHeaders, method, authority, scheme } = match;
  const conditions = [headers, queryParams, withoutHeaders].some((map) => Object.keys(objectOr(map)).length > 0);
  if (conditions || [method, authority, scheme].some(isObject)) return false;
  if (!isObject(uri)) return true;
  return uri.prefix === '/' || uri.regex === '.*';
}

function mapFault(map: Json | undefined, faultOf: (name: string, condition: Json) => string | undefined): string | undefined {
  for (const [name, condition] of Object.entries(objectOr(map))) {
    const fault = faultOf(name, condition);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function uriFault({ uri, ignoreUriCase }: JsonObject, { path }: MeshRequest): string | undefined {
  if (!isObject(uri) || ignoreUriCase !== true || typeof uri.regex === 'string') return stringFault('the path', uri, path);
  const lower = Object.fromEntries(Object.entries(uri).map(([kind, text]) => [kind, typeof text === 'string' ? text.toLowerCase() : text]));
  return stringFault('the path', lower, path.toLowerCase());
}

function stringFault(what: string, condition: Json | undefined, value: string): string | undefined {
  if (!isObject(condition) || isPresence(condition) || holdsFor(condition, value)) return undefined;
  return `${what} is ${quoted(value)}, ${asked(condition)}`;
}

/** A value that may be missing: presence is something to ask for. */
function valueFault(what: string, condition: Json, value: string | undefined): string | undefined {
  if (value === undefined) return `${what} is missing`;
  return isPresence(condition) ? undefined : stringFault(what, condition, value);
}

function headerFault(name: string, condition: Json, request: MeshRequest): string | undefined {
  return valueFault(`the header ${name}`, condition, headerValue(name, request));
}

/** Negated; since 1.22 a missing header counts as the empty text before, until then it never matched (Istio note 49537). */
function withoutFault(name: string, condition: Json, request: MeshRequest, minor: number): string | undefined {
  const value = headerValue(name, request);
  if (isPresence(condition)) return value === undefined ? undefined : `the header ${name} is there`;
  if (value === undefined && minor < 22) return `the header ${name} is missing, which older meshes do not take for another value`;
  return holdsFor(objectOr(condition), value ?? '') ? `the header ${name} is ${quoted(value ?? '')}, which is excluded` : undefined;
}

const claimsPrefix = '@request.auth.claims';

function headerValue(name: string, request: MeshRequest): string | undefined {
  const lower = name.toLowerCase();
  if (lower.startsWith(claimsPrefix)) return claimValue(name.slice(claimsPrefix.length), request.claims);
  if (lower === ':method') return request.method;
  if (lower === ':path') return request.path;
  if (lower === ':scheme') return request.scheme;
  if (lower === ':authority' || lower === 'host') return authorityOf(request);
  return request.headers[lower];
}

/** `.group` or `[group][name]`; a list of texts counts by its first that fits, which Istio writes as one of several. */
function claimValue(path: string, claims: JsonObject | undefined): string | undefined {
  const steps = path.startsWith('.') ? [path.slice(1)] : [...path.matchAll(/\[([^\]]*)\]/g)].map(([, step = '']) => step);
  let value: Json | undefined = claims;
  for (const step of steps) value = isObject(value) ? value[step] : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** `{}`, or a regex `*`, which Istio reads as "present". */
function isPresence(condition: Json): boolean {
  if (condition === null || !isObject(condition)) return true;
  return Object.keys(condition).length === 0 || condition.regex === '*';
}

function holdsFor({ exact, prefix, regex }: JsonObject, value: string): boolean {
  if (typeof exact === 'string') return value === exact;
  if (typeof prefix === 'string') return value.startsWith(prefix);
  if (typeof regex !== 'string') return true;
  const reading = readRe2(regex);
  return reading.kind === 'read' && reading.re2.matches(value);
}

function asked({ exact, prefix, regex }: JsonObject): string {
  if (typeof exact === 'string') return `not ${quoted(exact)}`;
  if (typeof prefix === 'string') return `which does not begin with ${quoted(prefix)}`;
  return `which ${quoted(String(regex))} does not match`;
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

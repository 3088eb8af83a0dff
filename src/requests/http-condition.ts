import { readRe2 } from '../istio/re2.ts';
import { isObject, type Json, type JsonObject, listOr, objectOr, stableJson } from '../model/json.ts';
import { joinPointer, type Pointer } from '../model/pointer.ts';
import type { Condition, Literal, TextDimension } from './literal.ts';
import { type Pattern, patternHolds } from './pattern.ts';
import { gatewaysLiteral, type MatchReading, portLiteral, workloadLiterals } from './proxy-literals.ts';

/**
 * What an HTTPMatchRequest asks, as the routes that Istio makes of it do (pilot/pkg/networking/core/route/route.go TranslateRouteMatch,
 * sourceMatchHTTP). Where `gateways` are given, the source's labels and namespace are ignored.
 */
export function httpCondition(match: JsonObject, reading: MatchReading): Condition {
  const { uri, scheme, method, authority, ignoreUriCase } = match;
  return [
    ...sourceLiterals(match, reading),
    ...textLiterals('method', method, '/method'),
    ...textLiterals('scheme', scheme, '/scheme'),
    ...textLiterals('authority', authority, '/authority'),
    ...pathLiterals(uri, ignoreUriCase === true),
    ...mapLiterals(match, 'headers', headerLiterals),
    ...mapLiterals(match, 'withoutHeaders', headerLiterals).map((literal) => lacking(literal, reading.minor)),
    ...mapLiterals(match, 'queryParams', (name, condition, at) => textLiterals(`query ${name}`, condition, at)),
  ];
}

function sourceLiterals(match: JsonObject, { namespace }: MatchReading): Condition {
  const literals = [...portLiteral(match), ...gatewaysLiteral(match.gateways, namespace)];
  return listOr(match.gateways).length > 0 ? literals : [...literals, ...workloadLiterals(match)];
}

function mapLiterals(match: JsonObject, key: string, each: (name: string, condition: Json, at: Pointer) => Condition): Condition {
  return Object.entries(objectOr(match[key])).flatMap(([name, condition]) => each(name, condition, joinPointer(`/${key}`, name)));
}

function pathLiterals(uri: Json | undefined, foldCase: boolean): Condition {
  // An exact `*` is the server itself in OPTIONS requests; as a regex it is refused.
  if (isObject(uri) && (uri.exact === '*' || uri.regex === '*')) return [opaque('path', uri, '/uri')];
  if (!foldCase) return textLiterals('path', uri, '/uri');
  return textLiterals('path', uri, '/uri').map((literal) => {
    if (literal.of !== 'text' || literal.pattern === undefined || literal.pattern.kind === 'regex') return literal;
    return { ...literal, pattern: { ...literal.pattern, foldCase } } as const;
  });
}

function headerLiterals(name: string, condition: Json, at: Pointer): Condition {
  const claim = claimPath(name);
  if (claim !== undefined) return [claimLiteral(claim, condition, at)];
  const dimension = headerDimension(name.toLowerCase());
  return dimension === undefined ? [opaque(name.toLowerCase(), condition, at)] : textLiterals(dimension, condition, at);
}

/**
 * The same in `withoutHeaders`. A missing header counts as an empty one before negation; up to 1.21 it did not hold at all. `{}` and the
 * regex `*` ask that there is no such header.
 */
function lacking(literal: Literal, minor: number): Literal {
  if (literal.of !== 'text') return { ...literal, negated: true };
  const { pattern } = literal;
  return { ...literal, negated: true, absent: pattern === undefined || (minor >= 22 && !patternHolds(pattern, '')) };
}

/** Envoy finds these by other names; `:path` is the path with its query, and no request has a `:status`. */
function headerDimension(name: string): TextDimension | undefined {
  switch (name) {
    case ':method':
      return 'method';
    case ':scheme':
      return 'scheme';
    case ':authority':
    case 'host':
      return 'authority';
    case ':path':
    case ':status':
      return undefined;
    default:
      return `header ${name}`;
  }
}

/** '@request.auth.claims.group.id', '@request.auth.claims[group][id]' → group, id (Istio: pkg/jwt/routing.go ToRoutingClaim). */
function claimPath(header: string): readonly string[] | undefined {
  const prefix = '@request.auth.claims';
  if (!header.toLowerCase().startsWith(prefix)) return undefined;
  const rest = header.slice(prefix.length);
  if (rest.startsWith('.') && rest.length > 1) return rest.slice(1).split('.');
  return rest.startsWith('[') && rest.endsWith(']') && rest.length > 2 ? rest.slice(1, -1).split('][') : undefined;
}

function claimLiteral(path: readonly string[], condition: Json, at: Pointer): Literal {
  const pattern = patternOf(condition);
  // Of a claim that merely has to be there, Istio makes a matcher that Envoy refuses.
  if (pattern === undefined || pattern === 'unread') return opaque(`claim ${JSON.stringify(path)}`, condition, at);
  return { of: 'claim', path, pattern, negated: false, at };
}

function textLiterals(dimension: TextDimension, condition: Json | undefined, at: Pointer): Condition {
  if (condition === undefined) return [];
  const pattern = patternOf(condition);
  if (pattern === 'unread') return [opaque(dimension, condition, at)];
  const literal = { of: 'text', dimension, negated: false, absent: false, at } as const;
  return [pattern === undefined ? literal : { ...literal, pattern }];
}

/** A StringMatch; undefined for one that only asks that there is something: `{}`, or the regex `*`. */
function patternOf(condition: Json): Pattern | 'unread' | undefined {
  const { exact, prefix, regex } = objectOr(condition);
  if (typeof exact === 'string') return { kind: 'among', texts: [exact] };
  if (typeof prefix === 'string') return { kind: 'prefix', text: prefix };
  if (typeof regex !== 'string' || regex === '*') return undefined;
  return readRe2(regex).kind === 'read' ? { kind: 'regex', regex } : 'unread';
}

function opaque(subject: string, condition: Json, at: Pointer): Literal {
  return { of: 'opaque', words: `${subject} ${stableJson(condition)}`, negated: false, at };
}

import { isList, isObject, type Json, type JsonObject } from '../model/json.ts';
import { type Effort, found, none, type Solution } from './effort.ts';
import type { ClaimLiteral, TextLiteral } from './literal.ts';
import { patternHolds } from './pattern.ts';
import { solveText } from './solve-text.ts';
import { universeOf } from './universe.ts';

/** A claim is matched if it is a text that fits, or a list with one that does (Istio: pilot/pkg/security/authz MetadataMatcherForJWTClaims). */
export function claimHolds({ path, pattern, negated }: ClaimLiteral, claims: JsonObject): boolean {
  return textsAt(claims, path).some((text) => patternHolds(pattern, text)) !== negated;
}

/** Claims for which all literals hold. A claim with members of its own is neither a text nor a list. */
export function solveClaims(literals: readonly ClaimLiteral[], usual: JsonObject, effort: Effort): Solution<JsonObject> {
  if (literals.every((literal) => claimHolds(literal, usual))) return found(usual);
  const byPath = new Map<string, ClaimLiteral[]>();
  for (const literal of literals) {
    const key = JSON.stringify(literal.path);
    const list = byPath.get(key);
    if (list === undefined) byPath.set(key, [literal]);
    else list.push(literal);
  }
  const wanted = [...byPath.values()].filter((list) => list.some(({ negated }) => !negated));
  const paths = wanted.map((list) => list[0]?.path ?? []);
  if (paths.some((path) => paths.some((other) => other.length > path.length && path.every((name, i) => name === other[i])))) return none;
  const texts: string[][] = [];
  for (const list of wanted) {
    const solved = textsFor(list, effort);
    if (solved.kind !== 'found') return solved;
    texts.push([...solved.value]);
  }
  return found(paths.reduce<JsonObject>((claims, path, i) => withClaim(claims, path, claimOf(texts[i] ?? [])), {}));
}

function textsAt(claims: JsonObject, path: readonly string[]): readonly string[] {
  let value: Json | undefined = claims;
  for (const name of path) value = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  if (typeof value === 'string') return [value];
  return isList(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** One text for each pattern that is asked for, none of a pattern that is not. */
function textsFor(list: readonly ClaimLiteral[], effort: Effort): Solution<readonly string[]> {
  const unwanted = list.filter(({ negated }) => negated).map(textLiteral);
  const texts = new Set<string>();
  for (const literal of list) {
    if (literal.negated || [...texts].some((text) => patternHolds(literal.pattern, text))) continue;
    const solved = solveText([textLiteral(literal), ...unwanted], universeOf('header claim'), undefined, effort);
    if (solved.kind !== 'found') return solved;
    if (solved.value !== undefined) texts.add(solved.value);
  }
  return found([...texts]);
}

function textLiteral({ pattern, negated }: ClaimLiteral): TextLiteral {
  return { of: 'text', dimension: 'header claim', pattern, negated, absent: false };
}

function claimOf(texts: readonly string[]): Json {
  return texts.length === 1 ? (texts[0] ?? '') : texts;
}

function withClaim(claims: JsonObject, path: readonly string[], value: Json): JsonObject {
  const [name = '', ...rest] = path;
  const inner = claims[name];
  return { ...claims, [name]: rest.length === 0 ? value : withClaim(isObject(inner) ? inner : {}, rest, value) };
}

import { isObject, type Json, type JsonObject, sameJson } from '../model/json.ts';
import { findRequest } from './find-request.ts';
import { httpCondition } from './http-condition.ts';
import { foldedCase } from './pattern.ts';

/** Two conditions at once: one match that means both, none that can ever hold, or a key on which that can't be said. */
export type Intersection =
  | { readonly kind: 'match'; readonly match: JsonObject }
  | { readonly kind: 'impossible'; readonly key: string }
  | { readonly kind: 'undecided'; readonly key: string };

type Merged = { readonly value: Json } | 'impossible' | 'undecided';

const conditionMaps = new Set(['headers', 'queryParams', 'withoutHeaders', 'sourceLabels']);

/**
 * The conjunction of two HTTPMatchRequests. Conditions on different keys stand side by side; on one key the narrower stays
 * if it implies the other. Matches are ANDed within and ORed between: istio.io VirtualService reference, HTTPMatchRequest.
 */
export function intersectMatch(a: JsonObject, b: JsonObject): Intersection {
  const match: Record<string, Json> = { ...a };
  // The word is about its own side's path: without one it means nothing, and must not change the other side's.
  if (a.uri === undefined) delete match.ignoreUriCase;
  // One key that can't hold settles it, whatever the others leave open.
  let open: Intersection | undefined;
  for (const [key, value] of Object.entries(b)) {
    const other = match[key];
    if (key === 'ignoreUriCase' || key === 'name' || key === 'statPrefix') continue;
    if (other === undefined) match[key] = value;
    else {
      const merged = conditionMaps.has(key) ? intersectMaps(key, other, value) : named(key, intersectCondition(key, other, value, a, b));
      if ('value' in merged) {
        match[key] = merged.value;
        if (key === 'uri' && merged.value === value) caseOf(b, match);
      } else if (merged.kind === 'impossible') return merged;
      else open ??= merged;
    }
  }
  if (open !== undefined) return open;
  if (a.uri === undefined && b.uri !== undefined && b.ignoreUriCase !== undefined) match.ignoreUriCase = b.ignoreUriCase;
  for (const key of ['name', 'statPrefix']) if (match[key] === undefined && b[key] !== undefined) match[key] = b[key];
  return { kind: 'match', match };
}

/** A path keeps its own word on letters. */
function caseOf({ ignoreUriCase }: JsonObject, match: Record<string, Json>): void {
  if (ignoreUriCase === undefined) delete match.ignoreUriCase;
  else match.ignoreUriCase = ignoreUriCase;
}

type NamedMerge =
  | { readonly value: Json }
  | { readonly kind: 'impossible'; readonly key: string }
  | { readonly kind: 'undecided'; readonly key: string };

function named(key: string, merged: Merged): NamedMerge {
  return typeof merged === 'string' ? { kind: merged, key } : merged;
}

function intersectMaps(key: string, a: Json, b: Json): NamedMerge {
  if (!isObject(a) || !isObject(b)) return { kind: 'undecided', key };
  const merged: Record<string, Json> = { ...a };
  let open: NamedMerge | undefined;
  for (const [name, condition] of Object.entries(b)) {
    // Header names are case-insensitive; query parameters and labels are not.
    const twin = Object.keys(merged).find((candidate) =>
      key === 'headers' || key === 'withoutHeaders' ? candidate.toLowerCase() === name.toLowerCase() : candidate === name,
    );
    if (twin === undefined) {
      merged[name] = condition;
      continue;
    }
    const place = `${key}.${name}`;
    const both =
      key === 'sourceLabels'
        ? equalOrImpossible(merged[twin] ?? null, condition)
        : key === 'withoutHeaders'
          ? equalOrUndecided(merged[twin] ?? null, condition)
          : intersectStrings(merged[twin] ?? null, condition, (one) => ({ [key]: { [name]: one } }));
    if (both === 'impossible') return { kind: both, key: place };
    if (both === 'undecided') open ??= { kind: both, key: place };
    else merged[twin] = both.value;
  }
  return open ?? { value: merged };
}

function intersectCondition(key: string, x: Json, y: Json, a: JsonObject, b: JsonObject): Merged {
  switch (key) {
    case 'uri':
      return intersectPaths(x, y, a.ignoreUriCase === true, b.ignoreUriCase === true);
    case 'scheme':
    case 'method':
    case 'authority':
      return intersectStrings(x, y, (one) => ({ [key]: one }));
    case 'port':
    case 'sourceNamespace':
      return equalOrImpossible(x, y);
    case 'gateways':
      return intersectLists(x, y);
    default:
      return equalOrUndecided(x, y);
  }
}

function intersectPaths(x: Json, y: Json, foldX: boolean, foldY: boolean): Merged {
  const folded = (ignoreUriCase: boolean) => (uri: Json) => ({ uri, ignoreUriCase });
  if (foldX !== foldY) return narrower(x, y, folded(foldX), folded(foldY));
  return foldX ? intersectStrings(lowered(x), lowered(y), folded(true)) : intersectStrings(x, y, folded(false));
}

/** Istio's StringMatch: exact, prefix, regex, or {} for "present". `asMatch` says on what. */
function intersectStrings(x: Json, y: Json, asMatch: (condition: Json) => JsonObject): Merged {
  if (sameJson(x, y) || !isObject(y) || Object.keys(y).length === 0) return { value: x };
  if (!isObject(x) || Object.keys(x).length === 0) return { value: y };
  if (x.regex !== undefined || y.regex !== undefined) return narrower(x, y, asMatch, asMatch);
  if (typeof x.exact === 'string' && typeof y.exact === 'string') return x.exact === y.exact ? { value: x } : 'impossible';
  if (typeof x.exact === 'string') return x.exact.startsWith(String(y.prefix)) ? { value: x } : 'impossible';
  if (typeof y.exact === 'string') return y.exact.startsWith(String(x.prefix)) ? { value: y } : 'impossible';
  const [p, q] = [String(x.prefix), String(y.prefix)];
  if (p.startsWith(q)) return { value: x };
  return q.startsWith(p) ? { value: y } : 'impossible';
}

/** The one that implies the other, where one does: two patterns have no common form. */
function narrower(x: Json, y: Json, asMatchX: (condition: Json) => JsonObject, asMatchY: (condition: Json) => JsonObject): Merged {
  const [first, second] = [httpCondition(asMatchX(x), anyMesh), httpCondition(asMatchY(y), anyMesh)];
  if (findRequest([...first, ...second]).kind === 'none') return 'impossible';
  if (findRequest(second, { outside: [first] }).kind === 'taken') return { value: y };
  return findRequest(first, { outside: [second] }).kind === 'taken' ? { value: x } : 'undecided';
}

/** What is compared here means the same in each version and namespace. */
const anyMesh = { minor: 0, namespace: undefined };

function lowered(condition: Json): Json {
  if (!isObject(condition)) return condition;
  return Object.fromEntries(
    Object.entries(condition).map(([kind, text]) => [kind, kind === 'regex' || typeof text !== 'string' ? text : foldedCase(text)]),
  );
}

function equalOrImpossible(x: Json, y: Json): Merged {
  return sameJson(x, y) ? { value: x } : 'impossible';
}

function equalOrUndecided(x: Json, y: Json): Merged {
  return sameJson(x, y) ? { value: x } : 'undecided';
}

function intersectLists(x: Json, y: Json): Merged {
  if (!Array.isArray(x) || !Array.isArray(y)) return equalOrUndecided(x, y);
  const both = x.filter((item) => y.some((other) => sameJson(item, other)));
  return both.length > 0 ? { value: both } : 'impossible';
}

import { type JsonObject, objectOr } from './json.ts';
import type { UnreadableWords } from './request-words.ts';

/** Claims as a command line writes them, 'name=value' or 'outer.inner=value': a name that is repeated holds a list. */
export function claimsOf(written: readonly string[]): { readonly claims: JsonObject } | UnreadableWords {
  let claims: JsonObject = {};
  for (const one of written) {
    const equals = one.indexOf('=');
    if (equals < 1) return { what: `"${one}" is no claim`, help: ['write --claim group=admin'] };
    claims = withClaim(claims, one.slice(0, equals).split('.'), one.slice(equals + 1));
  }
  return { claims };
}

function withClaim(claims: JsonObject, [name = '', ...rest]: readonly string[], value: string): JsonObject {
  const known = claims[name];
  if (rest.length > 0) return { ...claims, [name]: withClaim(objectOr(known), rest, value) };
  return { ...claims, [name]: known === undefined ? value : [...(Array.isArray(known) ? known : [known]), value] };
}

/** JSON values: what every document, intent and manifest is made of. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object; keys keep the order in which they were written. */
export interface JsonObject {
  readonly [key: string]: Json;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** The object, or an empty one: for optional words whose absence means "nothing said". */
export function objectOr(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** The list, or an empty one. */
export function listOr(value: Json | undefined): readonly Json[] {
  return isList(value) ? value : [];
}

/** Deep equality by JSON meaning: key order does not matter, list order does. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (isList(a)) return isList(b) && a.length === b.length && a.every((item, i) => sameJson(item, b[i]));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]));
}

/** JSON text with sorted keys: one text per value, whatever order its keys were written in. */
export function stableJson(value: Json): string {
  if (isList(value)) return `[${value.map(stableJson).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${stableJson(value[key] ?? null)}`);
  return `{${members.join(',')}}`;
}

/** A copy without the keys whose value is undefined, so that optional words can be written inline. */
export function compact(entries: { readonly [key: string]: Json | undefined }): JsonObject {
  const result: Record<string, Json> = {};
  for (const [key, value] of Object.entries(entries)) if (value !== undefined) result[key] = value;
  return result;
}

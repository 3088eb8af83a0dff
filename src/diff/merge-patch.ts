import { isObject, type Json, type JsonObject, sameJson } from '../model/json.ts';

/** The RFC 7386 patch that makes `after` of `before`; undefined where they are the same. Lists and scalars are said whole, null takes away. */
export function mergePatchBetween(before: JsonObject, after: JsonObject): JsonObject | undefined {
  const patch: Record<string, Json> = {};
  for (const [key, value] of Object.entries(after)) {
    const old = before[key];
    if (old !== undefined && sameJson(old, value)) continue;
    const inner = isObject(old) && isObject(value) ? mergePatchBetween(old, value) : value;
    if (inner !== undefined) patch[key] = inner;
  }
  for (const key of Object.keys(before)) if (after[key] === undefined) patch[key] = null;
  return Object.keys(patch).length === 0 ? undefined : patch;
}

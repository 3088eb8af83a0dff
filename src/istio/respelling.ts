/** One value between its older and its newer spelling. */
import { isList, isObject, type Json, type JsonObject } from '../model/json.ts';
import type { Conversion } from './dialect-table.ts';
import { removeIn, renameKey, rewriteObjects, type Steps, setIn } from './json-path.ts';

/** Puts `value` at `to` instead of what stood at `from`; a renamed key keeps its place. */
export function move(object: JsonObject, from: Steps, to: Steps, value: Json): JsonObject {
  const [oldKey, newKey] = [from.at(-1), to.at(-1)];
  const sameParent = from.length === to.length && from.slice(0, -1).every((step, index) => step === to[index]);
  if (sameParent && oldKey !== undefined && newKey !== undefined) {
    const rename = (parent: JsonObject) => renameKey(parent, oldKey, newKey, value);
    return rewriteObjects(object, from.slice(0, -1), rename);
  }
  return setIn(removeIn(object, from), to, value);
}

/** Old and new together: maps and lists say both, with the new one's word on a key; of anything else the new one holds. */
export function joined(as: Conversion, existing: Json | undefined, converted: Json): Json {
  if (existing === undefined) return converted;
  if (as !== 'same') return existing;
  if (isObject(existing) && isObject(converted)) return { ...converted, ...existing };
  if (isList(existing) && isList(converted)) return [...existing, ...converted.filter((item) => !existing.includes(item))];
  return existing;
}

/** The newer spelling of a value; undefined where the older one does not hold what it should. */
export function toNewer(as: Conversion, value: Json): Json | undefined {
  if (as === 'same') return value;
  if (as === 'percent') return typeof value === 'number' ? { value } : undefined;
  if (as === 'exact-strings')
    return isList(value) && value.every((item) => typeof item === 'string') ? value.map((exact) => ({ exact })) : undefined;
  return value === as.older ? as.newer : undefined;
}

/** The older spelling of a value; undefined where older meshes have no words for it. */
export function toOlder(as: Conversion, value: Json): Json | undefined {
  if (as === 'same') return value;
  if (as === 'percent') return integerPercent(value);
  if (as === 'exact-strings') return exactStrings(value);
  return value === as.newer ? as.older : undefined;
}

/** `{value: 10}` → 10, `{}` → 0 as protobuf reads it; old meshes know whole percents only. */
function integerPercent(value: Json): number | undefined {
  if (!isObject(value)) return undefined;
  const percent = value.value ?? 0;
  return Number.isInteger(percent) ? Number(percent) : undefined;
}

function exactStrings(value: Json): readonly string[] | undefined {
  if (!isList(value)) return undefined;
  const strings = value.flatMap((item) => (isObject(item) && typeof item.exact === 'string' ? [item.exact] : []));
  return strings.length === value.length ? strings : undefined;
}

/** Reading and rewriting plain JSON by path, sharing all that does not change. */
import { isList, isObject, type Json, type JsonObject } from '../model/json.ts';
import { joinPointer, type Pointer } from '../model/pointer.ts';

/** Path steps: a field name, or `[]` for each item of a list. */
export type Steps = readonly string[];

const parsed = new Map<string, Steps>();

/** 'http[].match[].uri' → ['http', '[]', 'match', '[]', 'uri']; '' → []. Remembered: the paths are those of the dialect table. */
export function parsePath(path: string): Steps {
  const known = parsed.get(path);
  if (known !== undefined) return known;
  const steps = path === '' ? [] : path.replaceAll('[]', '.[]').split('.');
  parsed.set(path, steps);
  return steps;
}

/** Calls `visit` with each value that the path, from its step `at` on, reaches, and the pointer at which it stands. */
export function visitAt(
  value: Json | undefined,
  steps: Steps,
  visit: (value: Json, pointer: Pointer) => void,
  pointer: Pointer = '',
  at = 0,
): void {
  const step = steps[at];
  if (value === undefined) return;
  if (step === undefined) visit(value, pointer);
  else if (step === '[]') {
    if (isList(value)) value.forEach((item, index) => void visitAt(item, steps, visit, `${pointer}/${index}`, at + 1));
  } else {
    const inner = field(value, step);
    if (inner !== undefined) visitAt(inner, steps, visit, joinPointer(pointer, step), at + 1);
  }
}

type Change = (object: JsonObject, pointer: Pointer) => JsonObject;

/** The root with each object that the path reaches replaced by `change` of it; the same root if none changed. */
export function rewriteObjects(root: JsonObject, steps: Steps, change: Change): JsonObject {
  const result = rewriteAt(root, steps, change, '', 0);
  return isObject(result) ? result : root;
}

function rewriteAt(value: Json, steps: Steps, change: Change, pointer: Pointer, at: number): Json {
  const step = steps[at];
  if (step === undefined) return isObject(value) ? change(value, pointer) : value;
  if (step === '[]') {
    if (!isList(value)) return value;
    const items = value.map((item, index) => rewriteAt(item, steps, change, `${pointer}/${index}`, at + 1));
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  const before = field(value, step);
  if (before === undefined || !isObject(value)) return value;
  const after = rewriteAt(before, steps, change, joinPointer(pointer, step), at + 1);
  return after === before ? value : { ...value, [step]: after };
}

/** The value at a path of fields, or undefined. */
export function getIn(value: Json, steps: Steps): Json | undefined {
  let found: Json | undefined = value;
  for (const step of steps) found = found === undefined ? undefined : field(found, step);
  return found;
}

/** The object with a value at a path of fields; objects on the way are made where they are missing. */
export function setIn(object: JsonObject, [step, ...rest]: Steps, value: Json): JsonObject {
  if (step === undefined) return object;
  const inner = field(object, step);
  return { ...object, [step]: rest.length === 0 ? value : setIn(isObject(inner) ? inner : {}, rest, value) };
}

/** The object without the value at a path of fields, and without the objects that this leaves empty. */
export function removeIn(object: JsonObject, [step, ...rest]: Steps): JsonObject {
  if (step === undefined || !Object.hasOwn(object, step)) return object;
  const inner = object[step];
  if (rest.length > 0 && !isObject(inner)) return object;
  const left = rest.length > 0 && isObject(inner) ? removeIn(inner, rest) : {};
  if (Object.keys(left).length > 0) return { ...object, [step]: left };
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== step));
}

/** The object with one key renamed and its value replaced, in the key's old place. */
export function renameKey(object: JsonObject, from: string, to: string, value: Json): JsonObject {
  return Object.fromEntries(
    Object.entries(object).flatMap(([key, before]) => (key === from ? [[to, value]] : key === to ? [] : [[key, before]])),
  );
}

function field(value: Json, key: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

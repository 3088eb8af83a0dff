import { isList, isObject, type Json, type JsonObject, objectOr } from '../model/json.ts';
import { didYouMean } from '../model/names.ts';
import type { Pointer } from '../model/pointer.ts';
import { requiredWords } from './explain-map.ts';
import type { Explanation } from './explanation.ts';
import type { Fault } from './fault.ts';
import { partOf, referenced, type Schema } from './schema.ts';

/** Faults by `if`, `then` and `else`. A chain of them that asks for one word each is a choice, and explained as one. */
export function conditionalFaults(explanation: Explanation, schema: Schema, value: Json, pointer: Pointer): readonly Fault[] {
  const condition = partOf(schema, schema.value.if);
  if (condition === undefined) return [];
  const holds = explanation.explain(condition, value, pointer).length === 0;
  const consequence = holds ? schema.value.then : schema.value.else;
  const part = partOf(schema, consequence);
  const choice = isObject(value) ? choiceOf(explanation, schema) : undefined;
  if (choice !== undefined && isObject(value)) return choiceFaults(explanation, choice, value, pointer);
  if (part !== undefined) return explanation.explain(part, value, pointer);
  return consequence === false ? [{ kind: 'other', pointer, problem: 'it cannot stand here' }] : [];
}

/** `if` this word is present `then` such a map, `else` … and in the end the map of whoever has none of the words. */
interface Choice {
  readonly branches: readonly { readonly word: string; readonly condition: Schema; readonly part: Schema }[];
  readonly last: Schema;
}

function choiceOf(explanation: Explanation, schema: Schema): Choice | undefined {
  const condition = partOf(schema, schema.value.if);
  const part = partOf(schema, schema.value.then);
  const otherwise = partOf(schema, schema.value.else);
  if (condition === undefined || part === undefined || otherwise === undefined) return undefined;
  const [word, second] = requiredWords(condition.value);
  if (word === undefined || second !== undefined) return undefined;
  const rest = choiceOf(explanation, otherwise) ?? { branches: [], last: resolved(explanation, otherwise) };
  return { branches: [{ word, condition, part }, ...rest.branches], last: rest.last };
}

function choiceFaults(explanation: Explanation, { branches, last }: Choice, value: JsonObject, pointer: Pointer): readonly Fault[] {
  const words = branches.map(({ word }) => word);
  const chosen = branches.find(({ condition }) => explanation.explain(condition, value, pointer).length === 0);
  if (chosen !== undefined) {
    const faults = explanation.explain(chosen.part, value, pointer);
    return faults.map((fault) => (isRival(fault, words, pointer) ? { kind: 'exclusive', pointer, keys: [chosen.word, fault.key] } : fault));
  }
  const faults = explanation.explain(last, value, pointer);
  if (faults.length === 0) return [];
  const known = [...new Set([...words, ...Object.keys(objectOr(last.value.properties))])].filter((key) => !Object.hasOwn(value, key));
  const misspelt = Object.keys(value).filter((key) => !known.includes(key) && didYouMean(key, words).length > 0);
  if (misspelt.length > 0) return misspelt.map((key) => ({ kind: 'unknown-key', pointer, key, known }));
  const unknown = faults.filter((fault) => fault.kind === 'unknown-key' && fault.pointer === pointer);
  const choosers = lastWords(last);
  if (choosers.length === 0 || unknown.length < Object.keys(value).length) return faults;
  return [{ kind: 'one-of', pointer, keys: [...words, ...choosers] }];
}

/** A word of another branch beside the one that chose this branch. */
function isRival(fault: Fault, words: readonly string[], pointer: Pointer): fault is Extract<Fault, { kind: 'unknown-key' }> {
  return fault.kind === 'unknown-key' && fault.pointer === pointer && words.includes(fault.key);
}

/** Keys that the last map of a choice may have at most for its first one to be named beside the words of the others. */
const fewKeys = 4;

/** By what the last map of a choice is known: what it requires, or the first of its few keys. */
function lastWords({ value }: Schema): readonly string[] {
  if (isList(value.required)) return requiredWords(value);
  const keys = Object.keys(objectOr(value.properties));
  return keys.length > fewKeys ? [] : keys.slice(0, 1);
}

function resolved({ source }: Explanation, schema: Schema): Schema {
  const target = typeof schema.value.$ref === 'string' ? referenced(schema, schema.value.$ref, source) : undefined;
  return target ?? schema;
}

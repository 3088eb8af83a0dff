import { isList, isObject, type Json, type JsonObject, listOr, objectOr, sameJson } from '../model/json.ts';
import { joinPointer, type Pointer } from '../model/pointer.ts';
import { explainAlternatives } from './explain-alternatives.ts';
import { conditionalFaults } from './explain-conditions.ts';
import { mapFaults, requiredWords } from './explain-map.ts';
import { count, scalarFaults, typeFault } from './explain-scalar.ts';
import type { Explanation, PatternMatcher } from './explanation.ts';
import type { Fault } from './fault.ts';
import { formWords } from './form-words.ts';
import { partOf, referenced, type Schema, type SchemaSource } from './schema.ts';

/** Keywords that `explain` judges, and those that say nothing about values: a schema with another one would be explained only in part. */
export const explainedKeywords: ReadonlySet<string> = new Set([
  ...['$ref', 'type', 'const', 'enum', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  ...['minLength', 'maxLength', 'pattern', 'items', 'minItems', 'maxItems', 'uniqueItems'],
  ...[
    'properties',
    'patternProperties',
    'additionalProperties',
    'propertyNames',
    'required',
    'minProperties',
    'maxProperties',
    'dependencies',
  ],
  ...['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else'],
  ...['$schema', '$id', '$comment', '$defs', 'title', 'description', 'examples', 'default'],
]);

/**
 * In what a value misses its schema, for people: ajv gives the verdict, but names every branch of every alternative;
 * this finds for each mistake the one branch that was meant. Empty where nothing is wrong.
 */
export function explain(schema: Schema, value: Json, source: SchemaSource, matches: PatternMatcher = matchesOwn): readonly Fault[] {
  const explanation: Explanation = {
    source,
    matches,
    explain: (part, item, pointer) => explainPart(explanation, part, item, pointer),
    names: (part, key) => part !== undefined && namesKey(explanation, part, key, 0),
  };
  return explanation.explain(schema, value, '');
}

/** Patterns of Mainsheet's own schemas are JavaScript's; anyone else's are never run by its RegExp, which can be made to run for ever. */
function matchesOwn(pattern: string, text: string): boolean {
  return new RegExp(pattern, 'u').test(text);
}

function explainPart(explanation: Explanation, schema: Schema, value: Json, pointer: Pointer): readonly Fault[] {
  const wrongType = typeFault(schema.value, value, pointer);
  if (wrongType !== undefined) {
    const help = { form: textForm(explanation, schema), wrapped: wrappedValues(explanation, schema, value, pointer) };
    return withExample(schema, [{ ...wrongType, ...help }], pointer);
  }
  const faults: Fault[] = [];
  if (typeof schema.value.$ref === 'string') {
    const target = referenced(schema, schema.value.$ref, explanation.source);
    if (target !== undefined) faults.push(...explanation.explain(target, value, pointer));
  }
  faults.push(...scalarFaults(schema.value, value, pointer, explanation.matches));
  if (isObject(value)) faults.push(...mapFaults(explanation, schema, value, pointer));
  if (isList(value)) faults.push(...listFaults(explanation, schema, value, pointer));
  for (const part of listOr(schema.value.allOf)) {
    const all = partOf(schema, part);
    if (all !== undefined) faults.push(...explanation.explain(all, value, pointer));
  }
  faults.push(...conditionalFaults(explanation, schema, value, pointer), ...negationFaults(explanation, schema, value, pointer));
  return withExample(schema, [...faults, ...explainAlternatives(explanation, schema, value, pointer)], pointer);
}

/** A value that is wrong as a whole is best explained by one that is right: the schema's first example of a type that may stand here. */
function withExample(schema: Schema, faults: readonly Fault[], pointer: Pointer): readonly Fault[] {
  const examples = listOr(schema.value.examples);
  if (examples.length === 0) return faults;
  return faults.map((fault) => {
    if (fault.pointer !== pointer || (fault.kind !== 'type' && fault.kind !== 'one-of') || fault.example !== undefined) return fault;
    const fits = (example: Json) => fault.kind === 'one-of' || typeFault({ type: fault.expected }, example, pointer) === undefined;
    return { ...fault, example: examples.find(fits) };
  });
}

/** Keys that a map may have at most for a scalar in its place to be taken for the value of one of them. */
const wrappingKeys = 3;

function wrappedValues(explanation: Explanation, schema: Schema, value: Json, pointer: Pointer): readonly Json[] | undefined {
  if (value === null || typeof value === 'object') return undefined;
  const target = typeof schema.value.$ref === 'string' ? referenced(schema, schema.value.$ref, explanation.source) : schema;
  const { properties, additionalProperties } = target?.value ?? {};
  const keys = Object.keys(objectOr(properties));
  if (target === undefined || additionalProperties !== false || keys.length > wrappingKeys) return undefined;
  const maps = keys.map((key) => ({ [key]: value }));
  const fitting = maps.filter((map) => explanation.explain(target, map, pointer).length === 0);
  return fitting.length === 0 ? undefined : fitting;
}

/** In what form text would be right here, where the schema says so itself or by reference. */
function textForm({ source }: Explanation, schema: Schema): string | undefined {
  if (typeof schema.value.pattern === 'string') return formWords(schema.value);
  const target = typeof schema.value.$ref === 'string' ? referenced(schema, schema.value.$ref, source) : undefined;
  return typeof target?.value.pattern === 'string' ? formWords(target.value) : undefined;
}

function listFaults(explanation: Explanation, schema: Schema, value: readonly Json[], pointer: Pointer): readonly Fault[] {
  const { items, minItems, maxItems, uniqueItems } = schema.value;
  const faults: Fault[] = [];
  const found = value.length;
  if (typeof minItems === 'number' && found < minItems)
    faults.push({ kind: 'length', pointer, limit: `at least ${count(minItems, 'item')}`, found });
  if (typeof maxItems === 'number' && found > maxItems)
    faults.push({ kind: 'length', pointer, limit: `at most ${count(maxItems, 'item')}`, found });
  value.forEach((item, index) => {
    const place = joinPointer(pointer, index);
    const part = partOf(schema, items);
    if (part !== undefined) faults.push(...explanation.explain(part, item, place));
    const first = uniqueItems === true ? value.findIndex((other) => sameJson(other, item)) : index;
    if (first < index) faults.push({ kind: 'repeated', pointer: place, first });
  });
  return faults;
}

function negationFaults(explanation: Explanation, schema: Schema, value: Json, pointer: Pointer): readonly Fault[] {
  const negated = partOf(schema, schema.value.not);
  if (negated === undefined || explanation.explain(negated, value, pointer).length > 0) return [];
  const forbidden = [negated.value, ...listOr(negated.value.anyOf)].flatMap((part) => {
    const words = isObject(part) ? requiredWords(part) : [];
    return words.length > 0 && holdsAll(value, words) ? [words] : [];
  });
  if (forbidden.length === 0) return [{ kind: 'other', pointer, problem: 'this combination is excluded' }];
  return forbidden.map((keys) =>
    keys.length === 1 ? { kind: 'not-here', pointer, key: keys[0] ?? '' } : { kind: 'exclusive', pointer, keys },
  );
}

function holdsAll(value: Json, keys: readonly string[]): boolean {
  return isObject(value) && keys.every((key) => Object.hasOwn(value, key));
}

function namesKey(explanation: Explanation, schema: Schema, key: string, steps: number): boolean {
  // Schemas may refer to themselves; a key is looked for in the map itself, which is never many references away.
  if (steps > 8) return false;
  const { $ref, properties, allOf, anyOf, oneOf } = schema.value;
  if (Object.hasOwn(objectOr(properties), key)) return true;
  const target = typeof $ref === 'string' ? referenced(schema, $ref, explanation.source) : undefined;
  if (target !== undefined && namesKey(explanation, target, key, steps + 1)) return true;
  return [...listOr(allOf), ...listOr(anyOf), ...listOr(oneOf)].some((part) => {
    const inner: JsonObject | undefined = isObject(part) ? part : undefined;
    return inner !== undefined && namesKey(explanation, { value: inner, base: schema.base }, key, steps + 1);
  });
}

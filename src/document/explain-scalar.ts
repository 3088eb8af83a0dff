import { isList, isObject, type Json, type JsonObject, sameJson } from '../model/json.ts';
import type { Pointer } from '../model/pointer.ts';
import type { PatternMatcher } from './explanation.ts';
import type { Fault, TypeFault } from './fault.ts';
import { formWords } from './form-words.ts';

/** The JSON Schema type of a value; whole numbers are 'integer'. */
export function typeOf(value: Json): string {
  if (value === null) return 'null';
  if (isList(value)) return 'array';
  if (isObject(value)) return 'object';
  return typeof value === 'number' && Number.isInteger(value) ? 'integer' : typeof value;
}

/** The fault of a value that has none of the schema's types; whoever has the wrong type is not judged further. */
export function typeFault(schema: JsonObject, value: Json, pointer: Pointer): TypeFault | undefined {
  if (schema.type === undefined) return undefined;
  const expected = (isList(schema.type) ? schema.type : [schema.type]).map(String);
  const type = typeOf(value);
  const fits = expected.includes(type) || (type === 'integer' && expected.includes('number'));
  return fits ? undefined : { kind: 'type', pointer, value, expected };
}

/** Faults by `const`, `enum`, and the limits of numbers and strings. */
export function scalarFaults(schema: JsonObject, value: Json, pointer: Pointer, matches: PatternMatcher): readonly Fault[] {
  if (schema.const !== undefined && !sameJson(schema.const, value)) return [{ kind: 'allowed', pointer, value, allowed: [schema.const] }];
  if (isList(schema.enum) && !schema.enum.some((item) => sameJson(item, value))) {
    return [{ kind: 'allowed', pointer, value, allowed: schema.enum }];
  }
  if (typeof value === 'number') return numberFaults(schema, value, pointer);
  return typeof value === 'string' ? stringFaults(schema, value, pointer, matches) : [];
}

function numberFaults(schema: JsonObject, value: number, pointer: Pointer): readonly Fault[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  const outside =
    (typeof minimum === 'number' && value < minimum) ||
    (typeof maximum === 'number' && value > maximum) ||
    (typeof exclusiveMinimum === 'number' && value <= exclusiveMinimum) ||
    (typeof exclusiveMaximum === 'number' && value >= exclusiveMaximum);
  if (outside) return [{ kind: 'range', pointer, value, range: rangeWords(schema) }];
  if (typeof multipleOf !== 'number' || Number.isInteger(value / multipleOf)) return [];
  return [{ kind: 'range', pointer, value, range: `a multiple of ${multipleOf}` }];
}

function rangeWords({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: JsonObject): string {
  if (typeof minimum === 'number' && typeof maximum === 'number') return `from ${minimum} to ${maximum}`;
  const low = typeof minimum === 'number' ? `at least ${minimum}` : typeof exclusiveMinimum === 'number' ? `above ${exclusiveMinimum}` : '';
  const high = typeof maximum === 'number' ? `at most ${maximum}` : typeof exclusiveMaximum === 'number' ? `below ${exclusiveMaximum}` : '';
  return [low, high].filter((words) => words !== '').join(' and ');
}

function stringFaults(schema: JsonObject, value: string, pointer: Pointer, matches: PatternMatcher): readonly Fault[] {
  const { minLength, maxLength, pattern } = schema;
  const found = [...value].length;
  if (typeof maxLength === 'number' && found > maxLength)
    return [{ kind: 'length', pointer, limit: `at most ${count(maxLength, 'character')}`, found }];
  if (typeof minLength === 'number' && found < minLength)
    return [{ kind: 'length', pointer, limit: `at least ${count(minLength, 'character')}`, found }];
  if (typeof pattern !== 'string' || matches(pattern, value)) return [];
  return [{ kind: 'form', pointer, value, expected: [formWords(schema)] }];
}

/** '1 item', '2 entries'. */
export function count(number: number, word: string): string {
  if (number === 1) return `1 ${word}`;
  return `${number} ${word.endsWith('y') ? `${word.slice(0, -1)}ies` : `${word}s`}`;
}

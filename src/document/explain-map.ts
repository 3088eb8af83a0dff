import { isList, type JsonObject, objectOr } from '../model/json.ts';
import { joinPointer, type Pointer } from '../model/pointer.ts';
import { count } from './explain-scalar.ts';
import type { Explanation } from './explanation.ts';
import type { Fault } from './fault.ts';
import { formWords } from './form-words.ts';
import { partOf, type Schema } from './schema.ts';

/** Faults of a map by its own keywords: its keys, and the values beneath them. */
export function mapFaults(explanation: Explanation, schema: Schema, value: JsonObject, pointer: Pointer): readonly Fault[] {
  const { required, minProperties, maxProperties, dependencies } = schema.value;
  const faults: Fault[] = [];
  const missing = (isList(required) ? required : []).map(String).filter((key) => !Object.hasOwn(value, key));
  if (missing.length > 0) faults.push({ kind: 'missing', pointer, keys: missing });
  const found = Object.keys(value).length;
  if (typeof minProperties === 'number' && found < minProperties)
    faults.push({ kind: 'length', pointer, limit: `at least ${count(minProperties, 'entry')}`, found });
  if (typeof maxProperties === 'number' && found > maxProperties)
    faults.push({ kind: 'length', pointer, limit: `at most ${count(maxProperties, 'entry')}`, found });
  for (const [key, needed] of Object.entries(objectOr(dependencies))) {
    if (!Object.hasOwn(value, key)) continue;
    const absent = (isList(needed) ? needed : []).map(String).filter((other) => !Object.hasOwn(value, other));
    if (absent.length > 0) faults.push({ kind: 'missing', pointer, keys: absent });
    const dependent = partOf(schema, needed);
    if (dependent !== undefined) faults.push(...explanation.explain(dependent, value, pointer));
  }
  for (const key of Object.keys(value)) faults.push(...entryFaults(explanation, schema, value, pointer, key));
  return faults;
}

function entryFaults(explanation: Explanation, schema: Schema, map: JsonObject, pointer: Pointer, key: string): readonly Fault[] {
  const { properties, patternProperties, additionalProperties, propertyNames } = schema.value;
  const value = map[key] ?? null;
  const faults: Fault[] = [...keyFaults(explanation, partOf(schema, propertyNames), pointer, key)];
  const named = objectOr(properties);
  const judges = Object.entries(objectOr(patternProperties)).flatMap(([pattern, judge]) =>
    new RegExp(pattern, 'u').test(key) ? [judge] : [],
  );
  if (Object.hasOwn(named, key)) judges.push(named[key] ?? true);
  if (judges.length === 0 && additionalProperties !== undefined) {
    if (additionalProperties === false) return [...faults, unknownKey(explanation, schema, map, pointer, key)];
    judges.push(additionalProperties);
  }
  for (const judge of judges) {
    const part = partOf(schema, judge);
    if (judge === false) faults.push({ kind: 'not-here', pointer, key });
    else if (part !== undefined) faults.push(...explanation.explain(part, value, joinPointer(pointer, key)));
  }
  return faults;
}

function unknownKey(explanation: Explanation, schema: Schema, map: JsonObject, pointer: Pointer, key: string): Fault {
  const named = objectOr(schema.value.properties);
  const known = Object.keys(named).filter((name) => !Object.hasOwn(map, name));
  const home = known.length === 0 ? undefined : Object.keys(named).find((name) => explanation.names(partOf(schema, named[name]), key));
  return { kind: 'unknown-key', pointer, key, known, ...(home === undefined ? {} : { home }) };
}

function keyFaults(explanation: Explanation, schema: Schema | undefined, pointer: Pointer, key: string): readonly Fault[] {
  if (schema === undefined) return [];
  const [first] = explanation.explain(schema, key, pointer);
  if (first === undefined) return [];
  const expected =
    first.kind === 'form' ? first.expected.join(' or ') : first.kind === 'length' ? `text of ${first.limit}` : formWords(schema.value);
  return [{ kind: 'key-form', pointer, key, expected }];
}

/** The keys by which an alternative or exclusion is named. */
export function requiredWords({ required }: JsonObject): readonly string[] {
  return isList(required) ? required.map(String) : [];
}

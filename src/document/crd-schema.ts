import { isList, isObject, type Json, type JsonObject, listOr, objectOr } from '../model/json.ts';
import { explain } from './explain.ts';
import type { PatternMatcher } from './explanation.ts';
import type { SchemaSource } from './schema.ts';
import type { SchemaValidator } from './validate.ts';

/** Keywords that mean the same in a CRD and in JSON Schema (Kubernetes: structural schemas). */
const shared = [
  ...['enum', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  ...['minLength', 'maxLength', 'minItems', 'maxItems', 'uniqueItems', 'minProperties', 'maxProperties', 'required', 'description'],
] as const;

/**
 * A validator for the `spec` that a CRD describes: a cluster's own schema instead of the ones that Mainsheet brings. Strict as an API
 * server is not: unknown fields are errors, where it would drop them. `matches` judges patterns. The CRD's CEL rules are not run; what no API
 * server takes in a CRD says nothing here: a `$ref`, a type that does not exist, and whatever `matches` does not refuse.
 */
export function crdValidator(id: string, kind: string, spec: JsonObject, matches: PatternMatcher): SchemaValidator {
  const schema: JsonObject = { $id: id, title: kind, ...converted(spec) };
  const source: SchemaSource = (wanted) => (wanted === id ? schema : undefined);
  const judge = (value: Json): boolean => explain({ value: schema, base: id }, value, source, matches).length === 0;
  return Object.assign(judge, { id, schemas: source, matches });
}

function converted(node: JsonObject): JsonObject {
  const kept = Object.fromEntries(shared.flatMap((key): readonly [string, Json][] => (node[key] === undefined ? [] : [[key, node[key]]])));
  return { ...kept, ...typed(node), ...textForm(node), ...inner(node), ...conditions(node) };
}

const types = new Set(['object', 'array', 'string', 'integer', 'number', 'boolean']);

function typed({ type, nullable, format, ...node }: JsonObject): JsonObject {
  if (node['x-kubernetes-int-or-string'] === true) return { type: ['integer', 'string'] };
  if (typeof type !== 'string' || !types.has(type)) return {};
  const range =
    type === 'integer' && format === 'int32' ? { minimum: node.minimum ?? -2147483648, maximum: node.maximum ?? 2147483647 } : {};
  return { type: nullable === true ? [type, 'null'] : type, ...range };
}

function textForm({ pattern }: JsonObject): JsonObject {
  return typeof pattern === 'string' ? { pattern } : {};
}

function inner(node: JsonObject): JsonObject {
  const { properties, items, additionalProperties } = node;
  const isOpen = node['x-kubernetes-preserve-unknown-fields'] === true;
  return {
    ...(isObject(items) ? { items: converted(items) } : {}),
    ...(isObject(properties)
      ? { properties: Object.fromEntries(Object.entries(properties).map(([key, part]) => [key, converted(objectOr(part))])) }
      : {}),
    ...(isObject(additionalProperties)
      ? { additionalProperties: converted(additionalProperties) }
      : isObject(properties) && !isOpen
        ? { additionalProperties: false }
        : {}),
  };
}

/** `oneOf` over lists of required fields becomes pairs that exclude each other, so that a message can name the two that clash. */
function conditions(node: JsonObject): JsonObject {
  const { oneOf, anyOf, allOf, not } = objectOr(sayable(Object.fromEntries(conditionWords.map((word) => [word, node[word] ?? null]))));
  const groups = [oneOf, ...listOr(allOf).map((part) => objectOr(part).oneOf)].map(listOr).filter((choices) => choices.length > 0);
  const pairs = groups.flatMap(exclusions);
  const needed = groups.filter((choices) => choices.every((choice) => objectOr(choice).not === undefined));
  const others = listOr(allOf).filter((part) => objectOr(part).oneOf === undefined);
  const all = [...pairs, ...needed.map((choices): Json => ({ anyOf: choices })), ...others];
  return {
    ...(all.length === 0 ? {} : { allOf: all }),
    ...(isList(anyOf) ? { anyOf } : {}),
    ...(isObject(not) ? { not } : {}),
  };
}

const conditionWords = ['oneOf', 'anyOf', 'allOf', 'not'];

/** The same without `$ref` and unknown types, at any depth; a field may be named like a keyword. */
function sayable(node: Json, isFields = false): Json {
  if (isList(node)) return node.map((item) => sayable(item));
  if (!isObject(node)) return node;
  const kept = Object.entries(node).filter(
    ([key, value]) => isFields || (key !== '$ref' && (key !== 'type' || (typeof value === 'string' && types.has(value)))),
  );
  return Object.fromEntries(kept.map(([key, value]) => [key, sayable(value, !isFields && key === 'properties')]));
}

function exclusions(choices: readonly Json[]): readonly Json[] {
  const lists = choices.map((choice) => listOr(objectOr(choice).required)).filter((list) => list.length > 0);
  return lists.flatMap((a, i) => lists.slice(i + 1).map((b): Json => ({ not: { required: [...new Set([...a, ...b])] } })));
}

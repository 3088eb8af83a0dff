import { isObject, type Json, type JsonObject, listOr, objectOr } from '../model/json.ts';
import { explain } from './explain.ts';
import type { SchemaSource } from './schema.ts';
import type { SchemaValidator } from './validate.ts';

/** Keywords that mean the same in a CRD and in JSON Schema (Kubernetes: structural schemas). */
const shared = [
  ...['enum', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  ...['minLength', 'maxLength', 'minItems', 'maxItems', 'uniqueItems', 'minProperties', 'maxProperties', 'required', 'description'],
] as const;

/**
 * A validator for the `spec` that a CRD describes: a cluster's own schema instead of the ones that Mainsheet brings. Strict as an API
 * server is not: unknown fields are errors, where it would drop them. The CRD's CEL rules are not run.
 */
export function crdValidator(id: string, kind: string, spec: JsonObject): SchemaValidator {
  const schema: JsonObject = { $id: id, title: kind, ...converted(spec) };
  const source: SchemaSource = (wanted) => (wanted === id ? schema : undefined);
  const judge = (value: Json): boolean => explain({ value: schema, base: id }, value, source).length === 0;
  return Object.assign(judge, { id, schemas: source });
}

function converted(node: JsonObject): JsonObject {
  const kept = Object.fromEntries(shared.flatMap((key): readonly [string, Json][] => (node[key] === undefined ? [] : [[key, node[key]]])));
  return { ...kept, ...typed(node), ...textForm(node), ...inner(node), ...conditions(node) };
}

function typed({ type, nullable, format, ...node }: JsonObject): JsonObject {
  if (node['x-kubernetes-int-or-string'] === true) return { type: ['integer', 'string'] };
  if (typeof type !== 'string') return {};
  const range =
    type === 'integer' && format === 'int32' ? { minimum: node.minimum ?? -2147483648, maximum: node.maximum ?? 2147483647 } : {};
  return { type: nullable === true ? [type, 'null'] : type, ...range };
}

/** Kubernetes' patterns are Go's; the few that JavaScript can't read are left out. */
function textForm({ pattern }: JsonObject): JsonObject {
  if (typeof pattern !== 'string') return {};
  try {
    new RegExp(pattern, 'u');
    return { pattern };
  } catch {
    return {};
  }
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
function conditions({ oneOf, anyOf, allOf, not }: JsonObject): JsonObject {
  const groups = [oneOf, ...listOr(allOf).map((part) => objectOr(part).oneOf)].map(listOr).filter((choices) => choices.length > 0);
  const pairs = groups.flatMap(exclusions);
  const needed = groups.filter((choices) => choices.every((choice) => objectOr(choice).not === undefined));
  const others = listOr(allOf).filter((part) => objectOr(part).oneOf === undefined);
  const all = [...pairs, ...needed.map((choices): Json => ({ anyOf: choices })), ...others];
  return {
    ...(all.length === 0 ? {} : { allOf: all }),
    ...(anyOf === undefined ? {} : { anyOf }),
    ...(not === undefined ? {} : { not }),
  };
}

function exclusions(choices: readonly Json[]): readonly Json[] {
  const lists = choices.map((choice) => listOr(objectOr(choice).required)).filter((list) => list.length > 0);
  return lists.flatMap((a, i) => lists.slice(i + 1).map((b): Json => ({ not: { required: [...new Set([...a, ...b])] } })));
}

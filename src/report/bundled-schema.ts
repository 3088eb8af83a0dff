import { isList, isObject, type Json, type JsonObject } from '../model/json.ts';
import { valueAt } from '../model/pointer.ts';
import { invariant } from '../model/result.ts';

/** The schema with an `$id`, or undefined. */
export type SchemaLookup = (id: string) => JsonObject | undefined;

/**
 * A schema that needs no other file: what it refers to elsewhere, and what that refers to, is copied into its `$defs` once.
 * Editors read one file; not all of them fetch references.
 */
export function bundledSchema(id: string, lookup: SchemaLookup): JsonObject {
  const definitions = new Map<string, Json>();
  const schemaOf = (base: string): JsonObject => {
    const schema = lookup(base);
    invariant(schema !== undefined, `there is no schema ${base}`);
    return schema;
  };
  const refer = (reference: string, base: string): string => {
    const target = new URL(reference, base);
    const pointer = decodeURIComponent(target.hash.slice(1));
    target.hash = '';
    if (target.href === id && pointer === '') return '#';
    const name = definitionName(target.href, pointer);
    if (!definitions.has(name)) {
      definitions.set(name, true);
      const value = valueAt(schemaOf(target.href), pointer);
      invariant(value !== undefined, `${base}: nothing is at ${reference}`);
      definitions.set(
        name,
        rewritten(withoutFrame(value), (inner) => refer(inner, target.href)),
      );
    }
    return `#/$defs/${name}`;
  };
  const root = schemaOf(id);
  const body = rewritten(withoutFrame(root), (reference) => refer(reference, id));
  const $defs = Object.fromEntries([...definitions].sort(([a], [b]) => (a < b ? -1 : 1)));
  return { ...(root.$schema === undefined ? {} : { $schema: root.$schema }), $id: id, ...(isObject(body) ? body : {}), $defs };
}

/** 'common.duration', 'istio.gateway.Server': where it came from stays readable. */
function definitionName(file: string, pointer: string): string {
  const path = new URL(file).pathname.replace(/^\/schemas\//, '').replace(/\.json$/, '');
  return [path, ...pointer.split('/').filter((segment) => segment !== '' && segment !== '$defs')].join('.').replaceAll('/', '.');
}

/** What only the top of a file has. */
function withoutFrame(schema: Json): Json {
  if (!isObject(schema)) return schema;
  const { $id: _id, $schema: _schema, $defs: _defs, ...rest } = schema;
  return rest;
}

const data = new Set(['enum', 'const', 'default', 'examples', 'required']);
const named = new Set(['properties', 'patternProperties', 'dependencies']);

/** The schema with its references spelled anew; what merely looks like a keyword in data or names is left alone. */
function rewritten(schema: Json, refer: (reference: string) => string): Json {
  if (isList(schema)) return schema.map((part) => rewritten(part, refer));
  if (!isObject(schema)) return schema;
  const entries = Object.entries(schema).flatMap(([keyword, value]): readonly [string, Json][] => {
    if (keyword === '$ref' && typeof value === 'string') return [[keyword, refer(value)]];
    // Editors show a plain description with its backticks; this one they draw. Beside every one: it may be said over one that is referred to.
    if (keyword === 'description' && typeof value === 'string') {
      return [
        [keyword, value],
        ['markdownDescription', value],
      ];
    }
    if (data.has(keyword)) return [[keyword, value]];
    if (!named.has(keyword) || !isObject(value)) return [[keyword, rewritten(value, refer)]];
    return [[keyword, Object.fromEntries(Object.entries(value).map(([name, part]) => [name, rewritten(part, refer)]))]];
  });
  return Object.fromEntries(entries);
}

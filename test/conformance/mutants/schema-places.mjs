import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const folder = resolve(import.meta.dirname, '../../../src/istio/schemas');
const kebab = (kind) => kind.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();

/** The schema of a kind's `spec` as a walkable tree: references are followed, and a node remembers what its definition is called. */
export function schemaOfKind(kind) {
  const root = JSON.parse(readFileSync(join(folder, `${kebab(kind)}.json`), 'utf8'));
  return nodeOf(root, root, kind, '');
}

/**
 * @typedef {{name: string, field: string, type: 'object' | 'map' | 'list' | 'leaf', schema: object, required: string[],
 *   properties: string[], child: (key: string | number) => Node | undefined}} Node
 * @returns {Node}
 */
function nodeOf(root, written, fallback, field) {
  const reference = written.$ref?.replace('#/$defs/', '');
  const schema = reference === undefined ? written : { ...root.$defs[reference], ...written };
  const name = reference ?? fallback;
  const properties = Object.keys(schema.properties ?? {});
  const type = schema.type === 'array' ? 'list' : properties.length > 0 ? 'object' : isMap(schema) ? 'map' : 'leaf';
  const child = (key) => {
    if (type === 'list') return nodeOf(root, schema.items ?? {}, `${name}[]`, field);
    if (type === 'map') return nodeOf(root, schema.additionalProperties, `${name}{}`, field);
    const below = schema.properties?.[key];
    return below === undefined ? undefined : nodeOf(root, below, `${name}.${key}`, key);
  };
  return { name, field, type, schema, required: schema.required ?? [], properties, child };
}

function isMap({ type, additionalProperties }) {
  return type === 'object' && typeof additionalProperties === 'object' && additionalProperties !== null;
}

/**
 * Every value of a spec with its path and its node in the schema (undefined where the schema does not know it), parents first.
 * @returns {{path: (string | number)[], value: unknown, node: Node | undefined}[]}
 */
export function placesOf(spec, node, path = []) {
  const below =
    spec === null || typeof spec !== 'object'
      ? []
      : Array.isArray(spec)
        ? spec.flatMap((value, index) => placesOf(value, node?.child(index), [...path, index]))
        : Object.entries(spec).flatMap(([key, value]) => placesOf(value, node?.child(key), [...path, key]));
  return [{ path, value: spec, node }, ...below];
}

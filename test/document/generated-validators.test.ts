import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain, explainedKeywords } from '../../src/document/explain.ts';
import type { SchemaValidator } from '../../src/document/validate.ts';
import * as validators from '../../src/generated/validators.js';
import { isList, isObject, type Json, type JsonObject } from '../../src/model/json.ts';

const folders = ['src/istio/schemas', 'src/load/schemas'];
const schemas = folders.flatMap((folder) =>
  readdirSync(new URL(`../../${folder}`, import.meta.url)).map(
    (name): JsonObject => JSON.parse(readFileSync(new URL(`../../${folder}/${name}`, import.meta.url), 'utf8')),
  ),
);
const ajv = new Ajv({ schemas: [...schemas], strict: false });
const byName: readonly (readonly [string, SchemaValidator])[] = Object.entries(validators);

describe('the schemas', () => {
  it('use only keywords that can be explained', () => {
    expect(schemas.flatMap((schema) => keywordsOf(schema)).filter((keyword) => !explainedKeywords.has(keyword))).toEqual([]);
  });
});

describe('the generated validators', () => {
  it.each(byName)('%s judges as ajv does at run time, and explains every refusal', (_, validator) => {
    const root = validator.schemas(validator.id) ?? {};
    fc.assert(
      fc.property(instanceOf(root, validator), (value) => {
        const verdict = validator(value);
        expect(verdict).toBe(ajv.validate(validator.id, value));
        expect(explain({ value: root, base: validator.id }, value, validator.schemas).length === 0).toBe(verdict);
      }),
      { seed: 7, numRuns: 400 },
    );
  });
});

/** Values built from the words and values that the schemas themselves mention: some fit, most nearly fit. */
function instanceOf(root: JsonObject, validator: SchemaValidator): fc.Arbitrary<Json> {
  const words = new Set<string>();
  const constants = new Set<Json>(['5s', 'reviews', 'v1', '', '*', 0, 1, 80, 100, -1, 0.5, true, false, null]);
  const seen = new Set<string>();
  const collect = (schema: Json, key: string): void => {
    if (isList(schema)) for (const part of schema) collect(part, key);
    if (!isObject(schema)) return;
    if (key === 'properties') for (const word of Object.keys(schema)) words.add(word);
    for (const [name, part] of Object.entries(schema)) {
      if (name === 'enum' && isList(part)) for (const item of part) constants.add(item);
      else if (name === '$ref' && typeof part === 'string') follow(part.split('#')[0] ?? '');
      else if (name !== 'examples') collect(part, name);
    }
  };
  const follow = (file: string): void => {
    const id = file.includes('://') ? file : `${validator.id.slice(0, validator.id.lastIndexOf('/') + 1)}${file}`;
    if (file === '' || seen.has(id)) return;
    seen.add(id);
    collect(validator.schemas(id) ?? {}, '');
  };
  collect(root, '');
  const leaf = fc.constantFrom(...constants);
  const random = fc.letrec<{ json: Json; map: Json }>((tie) => ({
    json: fc.oneof({ maxDepth: 3 }, leaf, fc.array(tie('json'), { maxLength: 2 }), tie('map')),
    map: fc.dictionary(fc.constantFrom('x', ...words), tie('json'), { maxKeys: 3, noNullPrototype: true }),
  })).map;
  const examples = examplesIn(root);
  if (examples.length === 0) return random;
  return fc.oneof(
    random,
    fc.tuple(fc.constantFrom(...examples), random).map(([example, noise]) => mix(example, noise)),
    fc.constantFrom(...examples),
  );
}

function examplesIn(root: JsonObject): readonly Json[] {
  return isList(root.examples) ? root.examples : [];
}

function mix(example: Json, noise: Json): Json {
  return isObject(example) && isObject(noise) ? { ...example, ...noise } : noise;
}

function keywordsOf(schema: Json): readonly string[] {
  if (!isObject(schema)) return [];
  return Object.entries(schema).flatMap(([keyword, value]) => {
    if (['properties', 'patternProperties', '$defs', 'dependencies'].includes(keyword))
      return [keyword, ...Object.values(isObject(value) ? value : {}).flatMap(keywordsOf)];
    if (['allOf', 'anyOf', 'oneOf'].includes(keyword)) return [keyword, ...(isList(value) ? value : []).flatMap(keywordsOf)];
    return ['enum', 'const', 'examples', 'required', 'default'].includes(keyword) ? [keyword] : [keyword, ...keywordsOf(value)];
  });
}

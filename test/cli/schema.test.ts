import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { schemaKinds } from '../../src/cli/arguments/schema.ts';
import { filesOf, folderWith, runIn } from './cli-fixtures.ts';

async function schemaOf(kind: string) {
  const { code, stdout } = await runIn(folderWith({}), ['schema', kind]);
  expect(code).toBe(0);
  return JSON.parse(stdout);
}

test.each(schemaKinds)('the schema of %s needs no other file, and takes its own examples', async (kind) => {
  const schema = await schemaOf(kind);
  expect(JSON.stringify(schema)).not.toMatch(/"\$ref":"(?!#)/);
  const validate = new Ajv({ strict: false }).compile(schema);
  expect(schema.examples.length).toBeGreaterThan(0);
  for (const example of schema.examples) expect([validate(example), validate.errors]).toEqual([true, null]);
});

test('the schema of a service knows its words', async () => {
  const validate = new Ajv({ strict: false }).compile(await schemaOf('service'));
  expect(validate({ service: 'reviews', versions: ['v1'], stable: 'v1', timeout: '5s' })).toBe(true);
  expect(validate({ service: 'reviews', version: ['v1'] })).toBe(false);
  expect(validate({ service: 'reviews', timeout: 5 })).toBe(false);
});

test('--out writes every schema', async () => {
  const folder = folderWith({});
  expect((await runIn(folder, ['schema', '--out', '.schemas'])).code).toBe(0);
  expect(Object.keys(filesOf(folder))).toEqual([...schemaKinds].sort().map((kind) => `.schemas/${kind}.schema.json`));
});

test('a kind that is none is answered with those that are', async () => {
  const ran = await runIn(folderWith({}), ['schema', 'servce']);
  expect(ran).toMatchObject({ code: 1, stdout: '' });
  expect(ran.stderr).toContain('did you mean `service`?');
  expect((await runIn(folderWith({}), ['schema'])).code).toBe(1);
});

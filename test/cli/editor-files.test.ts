import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { filesOf, folderWith, put, runIn } from './cli-fixtures.ts';

test('init says to editors which schema is for which file, and the schemas are there', async () => {
  const folder = folderWith({});
  expect((await runIn(folder, ['init'])).code).toBe(0);
  const files = filesOf(folder);
  const schemas: Record<string, readonly string[]> = JSON.parse(files['.vscode/settings.json'] ?? '')['yaml.schemas'];
  expect(Object.keys(schemas)).toEqual(Object.keys(files).filter((path) => path.startsWith('.schemas/')));
  expect(JSON.parse(files['.vscode/extensions.json'] ?? '')).toEqual({ recommendations: ['redhat.vscode-yaml'] });
  for (const path of Object.keys(schemas)) {
    const kind = path.replace(/^\.schemas\/|\.schema\.json$/g, '');
    expect(files[path]).toBe((await runIn(folder, ['schema', kind])).stdout);
  }
});

test('docs/editors.md says the same as init', async () => {
  const folder = folderWith({});
  await runIn(folder, ['init']);
  const settings = JSON.parse(filesOf(folder)['.vscode/settings.json'] ?? '');
  const page = readFileSync('docs/editors.md', 'utf8');
  expect(JSON.parse(/```json\n([\s\S]*?)```/.exec(page)?.[1] ?? '')).toEqual(settings);
  const lua = /```lua\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
  for (const [path, patterns] of Object.entries(settings['yaml.schemas']))
    for (const word of [path, patterns].flat()) expect(lua).toContain(`'${word}'`);
});

test('settings that are there stay as they are, and are said to lack something only if they do', async () => {
  const own = '{\n  // Mine.\n  "editor.tabSize": 2,\n}\n';
  const folder = folderWith({ '.vscode/settings.json': own });
  const { stdout } = await runIn(folder, ['init']);
  expect(filesOf(folder)['.vscode/settings.json']).toBe(own);
  expect(stdout).toContain('kept     .vscode/settings.json\n');
  expect(stdout).toContain('docs/editors.md has the lines');
  put(folder, '.vscode/settings.json', '{"yaml.schemas": {".schemas/intent.schema.json": "mesh/**"}}\n');
  expect((await runIn(folder, ['init'])).stdout).not.toContain('docs/editors.md');
});

test('an update is one command: the schemas that are named are written anew', async () => {
  const folder = folderWith({});
  await runIn(folder, ['init']);
  const before = filesOf(folder);
  put(folder, '.schemas/intent.schema.json', 'old');
  const { code } = await runIn(folder, ['schema', 'intent', 'settings', 'tests', '--out', '.schemas']);
  expect(code).toBe(0);
  expect(filesOf(folder)).toEqual(before);
  expect((await runIn(folder, ['schema', 'intent', 'tests'])).code).toBe(1);
});

test('the one schema of all intents has nothing against those of Bookinfo', async () => {
  const { stdout } = await runIn(folderWith({}), ['schema', 'intent']);
  const validate = new Ajv({ strict: false }).compile(JSON.parse(stdout));
  const files = readdirSync('environments', { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.yaml'));
  expect(files.length).toBeGreaterThan(10);
  for (const path of files) {
    for (const document of parseAllDocuments(readFileSync(join('environments', path), 'utf8')))
      expect([path, validate(document.toJS()), validate.errors]).toEqual([path, true, null]);
  }
});

test('editors draw what is explained: each description is also said as Markdown', async () => {
  const { stdout } = await runIn(folderWith({}), ['schema', 'intent']);
  const described: unknown[] = [];
  JSON.parse(stdout, (key, value) => {
    if (typeof value === 'object' && value !== null && key !== 'properties' && typeof value.description === 'string')
      described.push([value.description, value.markdownDescription]);
    return value;
  });
  expect(described.length).toBeGreaterThan(200);
  expect(described.filter((pair) => Array.isArray(pair) && pair[0] !== pair[1])).toEqual([]);
});

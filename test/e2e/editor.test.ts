import { cpSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isList, isObject, type Json } from '../../src/model/json.ts';
import { runBuilt } from '../cli/built-cli.ts';
import { put } from '../cli/cli-fixtures.ts';
import { type LanguageClient, languageClient } from './language-client.ts';

const server = fileURLToPath(new URL('editor/node_modules/yaml-language-server/bin/yaml-language-server', import.meta.url));
const missing = existsSync(server) ? undefined : 'the language server is not installed: (cd test/e2e/editor && npm ci)';

/** A file of Bookinfo, what its first key is explained by, a slip, and words that are offered at its end. */
const files: readonly {
  readonly path: string;
  readonly explained: RegExp;
  readonly offered: readonly string[];
}[] = [
  {
    path: 'environments/base/services/reviews.yaml',
    explained: /The service this document is about/,
    offered: ['canary', 'pins', 'routes', 'rollout'],
  },
  { path: 'environments/prod/services/reviews.yaml', explained: /The service this document is about/, offered: ['split', 'timeout'] },
  { path: 'environments/base/gateway.yaml', explained: /The gateway this document is about/, offered: ['selector', 'workload'] },
  {
    path: 'environments/base/externals/payments.yaml',
    explained: /The external this document is about/,
    offered: ['timeout', 'outlierDetection'],
  },
  { path: 'environments/prod/environment.yaml', explained: /The environment's name/, offered: ['guardrails', 'defaults', 'shards'] },
  { path: 'environments/base/environment.yaml', explained: /The environment's name/, offered: ['registry'] },
  { path: 'mainsheet.yaml', explained: /folder with one folder per environment/, offered: ['forge', 'order'] },
  { path: 'environments/prod/services/reviews.test.yaml', explained: /The cases, each by itself/, offered: [] },
];

const routingTest = `tests:
  - name: jason sees v2
    request: {url: "http://reviews:9080/", headers: {end-user: jason}}
    expect: {to: v2}
`;

describe.skipIf(missing !== undefined)(`YAML in an editor${missing === undefined ? '' : `: skipped, ${missing}`}`, () => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'mainsheet-editor-')));
  const uriOf = (path: string): string => `${pathToFileURL(root).href}/${path}`;
  let client: LanguageClient;
  let version = 0;

  beforeAll(async () => {
    cpSync('environments', join(root, 'environments'), { recursive: true });
    put(root, 'environments/prod/services/reviews.test.yaml', routingTest);
    expect(runBuilt(['init'], root).code).toBe(0);
    const settings = JSON.parse(readFileSync(join(root, '.vscode/settings.json'), 'utf8'));
    const yaml = { schemas: settings['yaml.schemas'], schemaStore: { enable: false }, validate: true, hover: true, completion: true };
    client = languageClient(server, (method, params) =>
      method === 'workspace/configuration' ? sections(params).map((section) => (section === 'yaml' ? yaml : {})) : null,
    );
    const folder = { uri: pathToFileURL(root).href, name: 'mesh' };
    const textDocument = { hover: { contentFormat: ['markdown'] }, publishDiagnostics: {}, completion: { completionItem: {} } };
    const capabilities = { workspace: { configuration: true, workspaceFolders: true }, textDocument };
    await client.request('initialize', { processId: null, rootUri: folder.uri, workspaceFolders: [folder], capabilities });
    client.notify('initialized', {});
    client.notify('workspace/didChangeConfiguration', { settings: { yaml } });
  });

  afterAll(() => {
    client?.stop();
    rmSync(root, { recursive: true, force: true });
  });

  /** Opens a text under a path, and says what is found in it. */
  async function findings(path: string, text: string): Promise<readonly string[]> {
    version += 1;
    const own = version;
    const heard = client.heard('textDocument/publishDiagnostics', (params) => fieldOf(params, 'uri') === uriOf(path));
    const document = { uri: uriOf(path), languageId: 'yaml', version: own, text };
    client.notify('textDocument/didOpen', { textDocument: document });
    const found = fieldOf(await heard, 'diagnostics');
    return isList(found) ? found.map((one) => `${lineOf(one)}: ${String(fieldOf(one, 'message'))}`) : [];
  }

  test.each(files)('$path is without findings, explained and completed', async ({ path, explained, offered }) => {
    const text = readFileSync(join(root, path), 'utf8');
    expect(await findings(path, text)).toEqual([]);
    const lines = text.split('\n');
    const first = lines.findIndex((line) => /^[a-z]/.test(line));
    const hover = await client.request('textDocument/hover', {
      textDocument: { uri: uriOf(path) },
      position: { line: first, character: 1 },
    });
    expect(String(fieldOf(fieldOf(hover, 'contents'), 'value'))).toMatch(explained);
    const completion = await client.request('textDocument/completion', {
      textDocument: { uri: uriOf(path) },
      position: { line: lines.length - 1, character: 0 },
    });
    const items = isList(completion as Json) ? completion : fieldOf(completion, 'items');
    const labels = isList(items as Json) ? (items as readonly Json[]).map((item) => fieldOf(item, 'label')) : [];
    for (const word of offered) expect(labels).toContain(word);
    const other = path.replace(/^(environments\/[^/]+)?/, 'environments/slip');
    const found = await findings(path === 'mainsheet.yaml' ? 'slip/mainsheet.yaml' : other, `${text}cannary: 10\n`);
    expect(found).toEqual([`${lines.length - 1}: Property cannary is not allowed.`]);
  });

  test('a value of the wrong type is found', async () => {
    expect(await findings('environments/slip/services/details.yaml', 'service: details\nport: many\ntimeout: 5\n')).toEqual([
      expect.stringMatching(/^1: Incorrect type/),
      expect.stringMatching(/^2: Incorrect type/),
    ]);
  });
});

function fieldOf(value: unknown, name: string): Json | undefined {
  return isObject(value as Json) ? (value as { readonly [key: string]: Json })[name] : undefined;
}

function lineOf(diagnostic: Json): Json | undefined {
  return fieldOf(fieldOf(fieldOf(diagnostic, 'range'), 'start'), 'line');
}

function sections(params: unknown): readonly (Json | undefined)[] {
  const items = fieldOf(params, 'items');
  return isList(items) ? items.map((item) => fieldOf(item, 'section')) : [];
}

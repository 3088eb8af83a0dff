import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { codeBlocks } from './code-blocks.ts';

const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0;
const page = readFileSync('docs/how-to/from-kustomize.md', 'utf8');
const before = '../before/prod.yaml';

function objects(text: string): readonly unknown[] {
  return parseAllDocuments(text).map((document) => document.toJS());
}

it.skipIf(!hasKubectl)('the page of Kustomize says what kubectl builds', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mainsheet-kustomize-'));
  const files = codeBlocks(page).map(({ words, text }) => ({ path: words.at(-1) ?? '', text }));
  const built = files.findIndex(({ path }) => path === before);
  for (const { path, text } of files.slice(0, built).filter((file) => file.path.includes('/'))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const answer = execFileSync('kubectl', ['kustomize', 'overlays/prod'], { cwd: folder, encoding: 'utf8' });
  expect(objects(answer)).toEqual(objects(files[built]?.text ?? ''));
});

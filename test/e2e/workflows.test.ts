import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { missingGo } from './engine-schemas.ts';

const missing = missingGo();
const root = process.cwd();
const home = mkdtempSync(join(tmpdir(), 'mainsheet-actionlint-'));
const program = join(home, 'actionlint');
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** What actionlint says of workflows as they would lie in a repository; it knows action.yml, contexts, and expressions. */
function lint(folder: string) {
  const { status, stdout, stderr } = spawnSync(program, ['-no-color', '-shellcheck=', '-pyflakes='], { cwd: folder, encoding: 'utf8' });
  return { status, said: stdout + stderr };
}

describe.skipIf(missing !== undefined)(`actionlint${missing === undefined ? '' : `: skipped, ${missing}`}`, () => {
  beforeAll(() => {
    const words = ['build', '-o', program, 'github.com/rhysd/actionlint/cmd/actionlint'];
    execFileSync('go', words, { cwd: join(import.meta.dirname, 'actionlint'), stdio: 'pipe' });
  });

  it('finds nothing in our workflows, nor in those that people copy', () => {
    const folder = temporaryFolder();
    expect(spawnSync('git', ['init', '-q'], { cwd: folder }).status).toBe(0);
    mkdirSync(join(folder, '.github/workflows'), { recursive: true });
    for (const path of ['action.yml', 'dist/action.mjs']) cpSync(join(root, path), join(folder, path));
    for (const from of ['.github/workflows', 'examples/github-actions'])
      for (const file of readdirSync(join(root, from)).filter((name) => name.endsWith('.yml')))
        cpSync(join(root, from, file), join(folder, '.github/workflows', `${from.includes('examples') ? 'example-' : ''}${file}`));
    expect(lint(folder)).toEqual({ status: 0, said: '' });
  });
});

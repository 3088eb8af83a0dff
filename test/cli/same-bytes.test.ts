import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { builtCli, cleanEnvironment, runBuilt } from './built-cli.ts';
import { filesOf } from './cli-fixtures.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

function fresh(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mainsheet-bytes-'));
  made.push(folder);
  return folder;
}

/** This repository's own environments, in a folder of their own. */
function bookinfo(): string {
  const folder = fresh();
  cpSync(join(root, 'environments'), join(folder, 'environments'), { recursive: true });
  return folder;
}

function renderedIn(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(filesOf(folder)).filter(([path]) => path.startsWith('rendered/')));
}

describe('same input, same bytes', () => {
  const committed = Object.fromEntries(Object.entries(filesOf(join(root, 'rendered'))).map(([path, text]) => [`rendered/${path}`, text]));

  it('what this repository holds under rendered/ is what its environments render to', () => {
    const folder = bookinfo();
    expect(runBuilt(['render', '--no-cache'], folder).stderr).toBe('');
    expect(renderedIn(folder)).toEqual(committed);
  });

  it.each([
    ['another time zone and locale', { TZ: 'Asia/Kathmandu', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' }],
    ['no home folder', { HOME: '/nonexistent' }],
    ['prototypes that cannot be changed', { NODE_OPTIONS: '--disable-proto=throw' }],
  ])('under %s', (_title, variables) => {
    const folder = bookinfo();
    expect(runBuilt(['render'], folder, variables)).toMatchObject({ code: 0, stderr: '' });
    expect(renderedIn(folder)).toEqual(committed);
  });

  it('with umask 077 as with 000, files are readable to all and writable to their owner', () => {
    for (const umask of ['000', '077']) {
      const folder = bookinfo();
      const ran = spawnSync('sh', ['-c', `umask ${umask}; exec "$0" "$1" render`, process.execPath, builtCli()], {
        cwd: folder,
        env: cleanEnvironment(),
        encoding: 'utf8',
      });
      expect(ran.status).toBe(0);
      expect(renderedIn(folder)).toEqual(committed);
    }
  });
});

describe('the cache', () => {
  it('only saves work: first, second and changed runs write what a run without it writes', () => {
    const folder = bookinfo();
    const variables = { XDG_CACHE_HOME: fresh() };
    const intent = join(folder, 'environments/prod/services/reviews.yaml');
    const same = (): void => {
      const withCache = renderedIn(folder);
      const other = bookinfo();
      cpSync(intent, join(other, 'environments/prod/services/reviews.yaml'));
      expect(runBuilt(['render', '--no-cache'], other).code).toBe(0);
      expect(withCache).toEqual(renderedIn(other));
    };
    expect(runBuilt(['render'], folder, variables).code).toBe(0);
    same();
    expect(runBuilt(['render'], folder, variables).stdout).toContain('prod     10 files, up to date');
    writeFileSync(intent, readFileSync(intent, 'utf8').replace('percent: 10', 'percent: 35'));
    expect(runBuilt(['render'], folder, variables).stdout).toContain('prod     10 files, 1 written');
    same();
    writeFileSync(intent, readFileSync(intent, 'utf8').replace('percent: 35', 'percent: 10'));
    expect(runBuilt(['render'], folder, variables).stdout).toContain('prod     10 files, 1 written');
    same();
  });

  it('that is damaged is no cache', () => {
    const folder = bookinfo();
    const home = fresh();
    expect(runBuilt(['render'], folder, { XDG_CACHE_HOME: home }).code).toBe(0);
    const files = readdirSync(home, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const path = join(file.parentPath ?? file.path, file.name);
      writeFileSync(path, readFileSync(path, 'utf8').replaceAll('reviews', 'reviewz'));
    }
    rmSync(join(folder, 'rendered'), { recursive: true });
    expect(runBuilt(['render'], folder, { XDG_CACHE_HOME: home })).toMatchObject({ code: 0, stderr: '' });
    expect(Object.values(renderedIn(folder)).join('')).not.toContain('reviewz');
  });

  it('remembers findings with the result: a warning is said again', () => {
    const folder = bookinfo();
    const variables = { XDG_CACHE_HOME: fresh() };
    writeFileSync(
      join(folder, 'environments/prod/services/mongodb.yaml'),
      'service: mongodb\nallow: [{rule: known-subset, reason: none}]\n',
    );
    const first = runBuilt(['render'], folder, variables);
    expect(first.stderr).toContain('MS3090');
    expect(runBuilt(['render'], folder, variables).stderr).toBe(first.stderr);
  });
});

import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { builtCli, runBuilt } from '../cli/built-cli.ts';
import { type Clone, canary, repository, reviews, reviewsFile } from './hook-fixtures.ts';

const root = process.cwd();

/** A repository whose commits the hook looks at, as its page says to set it up. */
function guarded(): Clone {
  const clone = repository();
  const program = join(clone.folder, 'node_modules/.bin/mainsheet');
  mkdirSync(join(program, '..'), { recursive: true });
  writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${builtCli()}' "$@"\n`, { mode: 0o755 });
  writeFileSync(join(clone.folder, '.gitignore'), 'node_modules/\n');
  clone.run('git', 'add', '.gitignore');
  clone.run('git', 'commit', '-qm', 'ignore');
  mkdirSync(join(clone.folder, '.git/hooks'), { recursive: true });
  const hook = join(clone.folder, '.git/hooks/pre-commit');
  writeFileSync(hook, readFileSync(join(root, 'hooks/staged.sh')));
  chmodSync(hook, 0o755);
  return clone;
}

const commit = ({ run }: Clone, ...words: readonly string[]) => run('git', 'commit', '-qm', 'a change', ...words);

describe('the hook', () => {
  it('lets pass what is rendered, and stops what is not, by what is staged alone', () => {
    const clone = guarded();
    clone.put(reviewsFile, canary);
    clone.put('environments/prod/ratings.yaml', reviews.replace('reviews', 'ratings'));
    clone.run('git', 'add', 'environments');
    expect(runBuilt(['render'], clone.folder).code).toBe(0);
    // It is rendered in the work tree; the commit would lack what was not added, new files as well.
    clone.run('git', 'add', '-u');
    const stopped = commit(clone);
    expect(stopped.code).toBe(1);
    expect(stopped.told).toContain('What is staged is not rendered: `mainsheet render`, then `git add rendered`.');
    clone.run('git', 'add', '-A');
    // What is not staged is none of the commit's business.
    clone.put(reviewsFile, 'service: [');
    expect(commit(clone)).toEqual({ code: 0, told: 'prod  3 files, up to date\n' });
    expect(clone.run('git', 'status', '--porcelain', '--', 'rendered').told).toBe('');
  });

  it('tells of an error with its place', () => {
    const clone = guarded();
    clone.put(reviewsFile, canary.replace('v2, percent', 'v9, percent'));
    const { code, told } = commit(clone, '-a');
    expect(code).toBe(1);
    expect(told).toContain('error[MS2001]');
    expect(told).toContain(` --> ${reviewsFile}:5:19`);
  });
});

describe('.pre-commit-hooks.yaml', () => {
  const hooks: readonly Readonly<Record<string, unknown>>[] = parse(readFileSync(join(root, '.pre-commit-hooks.yaml'), 'utf8'));

  it('names programs that a release has, and commands that exist', () => {
    expect(hooks.map(({ id }) => id)).toEqual(['mainsheet-check', 'mainsheet-render', 'mainsheet-staged']);
    for (const { entry, pass_filenames: passes, language } of hooks) {
      const [program = '', ...words] = String(entry).split(' ');
      expect({ passes, language }).toEqual({ passes: false, language: 'script' });
      expect(statSync(join(root, program)).mode & 0o111).toBe(0o111);
      if (program.startsWith('dist/')) expect(runBuilt([...words, '--help'], root).code).toBe(0);
    }
  });

  it.each([
    ['environments/prod/reviews.yaml', true],
    ['mesh/environments/prod/reviews.yaml', true],
    ['mainsheet.yaml', true],
    ['src/environments.ts', false],
    ['docs/mainsheet.yaml.md', false],
  ])('looks at %s: %s', (path, looks) => {
    for (const { files } of hooks) expect(new RegExp(String(files)).test(path)).toBe(looks);
  });
});

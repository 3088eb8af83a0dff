import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Clone, canary, release, repository, reviews, reviewsFile } from '../hooks/hook-fixtures.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** How pre-commit is started, where it is installed. */
const start = [['pre-commit'], ['python3', '-m', 'pre_commit']].find(
  ([program = '', ...words]) => spawnSync(program, [...words, '--version']).status === 0,
);
const [program = '', ...words] = start ?? [];

/** A repository that pre-commit watches with these hooks of a release. */
function watched(...hooks: readonly string[]): Clone {
  const variables = { PRE_COMMIT_HOME: temporaryFolder(), PYTHONPATH: process.env.PYTHONPATH ?? '' };
  const clone = repository(variables);
  const list = hooks.map((id) => `      - id: ${id}\n`).join('');
  clone.put('.pre-commit-config.yaml', `repos:\n  - repo: ${release()}\n    rev: v0.1.0\n    hooks:\n${list}`);
  clone.run('git', 'add', '-A');
  clone.run('git', 'commit', '-qm', 'hooks');
  expect(clone.run(program, ...words, 'install')).toMatchObject({ code: 0 });
  return clone;
}

describe.skipIf(start === undefined)(`pre-commit${start === undefined ? ': skipped, it is not installed' : ''}`, () => {
  it('stops a commit of what has errors', () => {
    const clone = watched('mainsheet-check');
    clone.put(reviewsFile, canary.replace('v2, percent', 'v9, percent'));
    const { code, told } = clone.run('git', 'commit', '-am', 'a version that there is not');
    expect(code).toBe(1);
    expect(told).toMatch(/^mainsheet check\.+Failed$/m);
    expect(told).toContain('error[MS2001]');
  });

  it('renders, and stops until what it rendered is added, new files too', () => {
    const clone = watched('mainsheet-render', 'mainsheet-staged');
    clone.put(reviewsFile, canary);
    clone.put('environments/prod/ratings.yaml', reviews.replace('reviews', 'ratings'));
    clone.run('git', 'add', 'environments');
    const first = clone.run('git', 'commit', '-m', 'a canary');
    expect(first.code).toBe(1);
    expect(first.told).toContain('files were modified by this hook');
    clone.run('git', 'add', '-u');
    const second = clone.run('git', 'commit', '-m', 'a canary');
    expect(second.code).toBe(1);
    expect(second.told).toMatch(/^mainsheet render\.+Passed$/m);
    expect(second.told).toContain('What is staged is not rendered');
    clone.run('git', 'add', '-A');
    expect(clone.run('git', 'commit', '-m', 'a canary').code).toBe(0);
    expect(clone.run('git', 'ls-files', join('rendered', 'prod')).told).toContain('ratings');
  });
});

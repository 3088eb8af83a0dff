import { describe, expect, it } from 'vitest';
import { git, type Repository, rendered, reviews, reviewsFile, someFiles } from './propose-fixtures.ts';

const branch = 'mainsheet/prod/reviews';
const crlf = (text: string) => text.replaceAll('\n', '\r\n');
const inPhases = '# who is asked for stars\ncanary: {version: v3, percent: 10} # carefully\n';
const expanded = 'next: {canary: {version: v3, percent: 10}}';

/** Added and deleted lines of a file, as git counts them. */
function changed({ remote }: Repository, path: string): string {
  return git(remote, 'diff', '--numstat', `main...${branch}`, '--', path).split('\t').slice(0, 2).join(' ');
}

describe('line ends of Windows', () => {
  it('that are committed stay, and a change is one of its lines alone', async () => {
    const repository = await rendered(Object.fromEntries(Object.entries(someFiles).map(([path, text]) => [path, crlf(text)])));
    repository.put(reviewsFile, crlf(reviews('canary: {version: v2, percent: 10}\n')));
    expect(await repository.run('propose')).toMatchObject({ code: 0, stderr: '' });
    expect(changed(repository, reviewsFile)).toBe('1 0');
    expect(git(repository.remote, 'diff', '--stat', `main...${branch}`)).toContain('2 files changed');
  });

  it('that are committed stay where a phase is written in, and where the next one follows', async () => {
    const repository = await rendered({ ...someFiles, [reviewsFile]: crlf(reviews()) });
    repository.put(reviewsFile, crlf(reviews(inPhases, '[v1, v2, v3]')));
    expect(await repository.run('propose')).toMatchObject({ code: 0, stderr: '' });
    const text = git(repository.remote, 'cat-file', 'blob', `${branch}:${reviewsFile}`);
    expect(text).not.toMatch(/[^\r]\n|\r\r/);
    expect(text.replaceAll('\r', '')).toContain(expanded);
    repository.merge(branch);
    expect(await repository.run('propose')).toMatchObject({ code: 0, stderr: '' });
    const last = git(repository.remote, 'cat-file', 'blob', `${branch}:${reviewsFile}`);
    expect(last).not.toMatch(/[^\r]\n|\r\r/);
    expect(last).not.toContain('next:');
  });

  it('that core.autocrlf writes into the work tree are no change, and are not committed', async () => {
    const repository = await rendered();
    repository.git('config', 'core.autocrlf', 'true');
    repository.git('rm', '-rq', '--cached', '.');
    repository.git('reset', '-q', '--hard');
    expect((await repository.run('propose')).stdout).toBe('nothing to propose: main says what is here\n');
    expect((await repository.run('diff', '--base', 'main')).code).toBe(0);
    expect((await repository.run('render', '--check')).code).toBe(0);
    repository.put(reviewsFile, crlf(reviews(inPhases, '[v1, v2, v3]')));
    repository.put('environments/prod/details.yaml', crlf('service: details\nport: 9080\nversions: [v1]\n'));
    expect(await repository.run('propose')).toMatchObject({ code: 0, stderr: '' });
    expect(repository.show(branch, reviewsFile)).toContain(expanded);
    for (const name of ['reviews', 'details'])
      expect(repository.show(`mainsheet/prod/${name}`, `environments/prod/${name}.yaml`)).not.toContain('\r');
  });
});

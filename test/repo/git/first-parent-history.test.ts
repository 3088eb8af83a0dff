import { expect, it } from 'vitest';
import { firstParentHistory } from '../../../src/repo/git/first-parent-history.ts';
import { readBlobs } from '../../../src/repo/git/read-blobs.ts';
import { cloned, commitIn, committed, got, opened, type Place } from './repositories.ts';

const percent = (n: number) => ({ 'environments/prod/reviews.yaml': `percent: ${n}\n` });

/** Subject, trailers and new contents of each step, newest first. */
async function steps(made: Place, where = 'work', folders = ['environments']) {
  const repository = await opened(made, where);
  const { commits, isComplete } = got(await firstParentHistory(repository, 'HEAD', folders));
  const blobs = got(
    await readBlobs(
      repository,
      commits.flatMap(({ changes }) => changes.flatMap(({ after }) => after ?? [])),
    ),
  );
  const told = commits.map(({ subject, trailers, changes }) => [
    subject,
    ...trailers.map((pair) => pair.join('=')),
    ...changes.map(({ path, after }) => `${path}: ${after === undefined ? 'gone' : blobs.get(after)?.toString().trim()}`),
  ]);
  return { told, isComplete };
}

it('is one step for a merge, a squash and each commit of a rebase, with the trailers of each', async () => {
  const made = cloned(percent(0));
  made.git('work', 'checkout', '--quiet', '-b', 'change');
  commitIn(made, 'work', percent(1), 'try');
  commitIn(made, 'work', percent(5), 'Canary 5 %\n\nMainsheet-Step: canary-5\nMainsheet-Gates: success-rate=99.9\n continued');
  made.git('work', 'checkout', '--quiet', 'main');
  commitIn(made, 'work', { 'README.md': 'x' }, 'elsewhere');
  made.git('work', 'merge', '--quiet', '--no-ff', '--message', 'Merge change\n\nReviewed-by: Ann <ann@example.com>', 'change');
  commitIn(made, 'work', { ...percent(25), 'README.md': 'y' }, 'Squashed (#12)\n\nMainsheet-Step: canary-25');
  commitIn(made, 'work', { 'environments/prod/reviews.yaml': null }, 'gone');
  expect(await steps(made)).toEqual({
    told: [
      ['gone', 'environments/prod/reviews.yaml: gone'],
      ['Squashed (#12)', 'Mainsheet-Step=canary-25', 'environments/prod/reviews.yaml: percent: 25'],
      ['Merge change', 'Reviewed-by=Ann <ann@example.com>', 'environments/prod/reviews.yaml: percent: 5'],
      ['one', 'environments/prod/reviews.yaml: percent: 0'],
    ],
    isComplete: true,
  });
  expect((await steps(made, 'work/environments', ['prod'])).told[1]).toContain('prod/reviews.yaml: percent: 25');
});

it('says that a shallow clone ends, and not that its last commit made everything', async () => {
  const made = cloned(percent(0));
  commitIn(made, 'work', { ...percent(5), other: '1' }, 'two');
  commitIn(made, 'work', percent(25), 'three');
  made.git('work', 'push', '--quiet');
  made.git('.', 'clone', '--quiet', '--depth=2', `file://${made.path('origin.git')}`, 'shallow');
  expect(await steps(made, 'shallow')).toEqual({ told: [['three', 'environments/prod/reviews.yaml: percent: 25']], isComplete: false });
});

it('is not misled by texts that look like its own form, nor by odd paths', async () => {
  const made = cloned(percent(0));
  const odd = 'environments/prod/a\tb\nc "d".yaml';
  commitIn(made, 'work', { [odd]: 'x: 1\n' }, '\u0001 :100644 100644 aaa bbb M\n\nbody\n\n\u0001Key: value');
  made.git('work', 'config', 'trailer.separators', '%');
  made.git('work', 'config', 'log.showSignature', 'true');
  made.git('work', 'config', 'diff.external', 'touch ran');
  made.git('work', 'config', 'diff.renames', 'copies');
  const { told } = await steps(made);
  expect(told).toHaveLength(2);
  expect(told[0]?.at(-1)).toBe(`${odd}: x: 1`);
});

it('goes as far as it is allowed to', async () => {
  const made = cloned(percent(0));
  for (const n of [1, 2, 3]) commitIn(made, 'work', percent(n), String(n));
  const repository = await opened(made);
  const { commits, isComplete } = got(await firstParentHistory(repository, 'HEAD', ['environments'], { most: 2 }));
  expect([commits.map(({ subject }) => subject), isComplete]).toEqual([['3', '2'], false]);
});

it('dates no commit before what it stands on, and lets one date of the future stop the next commit alone', async () => {
  const made = cloned(percent(0));
  const start = Date.parse('2026-11-24T08:00:00Z') / 1000;
  const at = (hours: number) => start + hours * 3600;
  const repository = await opened(made);
  let tip = made.git('work', 'rev-parse', 'HEAD');
  for (const [files, hours] of [
    [percent(5), 1],
    [{ 'README.md': 'x' }, 9],
    [percent(25), 2],
    [{ 'README.md': 'y' }, 99],
    [percent(50), 3],
    [percent(75), 4],
  ] as const)
    tip = got(await committed(repository, tip, files, { at: at(hours), message: String(hours) }))?.hash ?? '';
  const { commits } = got(await firstParentHistory(repository, tip, ['environments'], { now: at(12) }));
  expect(commits.slice(0, 3).map(({ subject, notBefore = 0 }) => [subject, (notBefore - start) / 3600])).toEqual([
    ['4', 9],
    ['3', 99],
    ['2', 9],
  ]);
});

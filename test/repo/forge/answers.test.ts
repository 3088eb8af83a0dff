import fc from 'fast-check';
import { expect, it } from 'vitest';
import { failureIn } from '../../../src/repo/forge/forge-fault.ts';
import { readGiteaPulls } from '../../../src/repo/forge/gitea-answers.ts';
import { readGithubPull, readGithubPulls, readGithubStatuses } from '../../../src/repo/forge/github-answers.ts';
import { readGitlabMerges, readGitlabStatuses } from '../../../src/repo/forge/gitlab-answers.ts';
import { isMarked, markedText } from '../../../src/repo/forge/marked-text.ts';
import { statusChanges } from '../../../src/repo/forge/status-changes.ts';

const sha = 'a'.repeat(40);
const shared = { title: 'x', body: null, state: 'open', html_url: 'https://forge.example.com/1', labels: [], user: null, draft: false };

it('reads no pull request of a fork, whatever its branch is called', () => {
  const github = (source: object | null) => ({
    ...shared,
    number: 1,
    head: { ref: 'b', sha, repo: source },
    base: { ref: 'main', repo: { id: 1 } },
    merged_at: null,
  });
  expect(readGithubPulls([github({ id: 1 }), github({ id: 2 }), github(null)])).toHaveLength(1);
  const gitea = (repo_id: number) => ({
    ...shared,
    number: 1,
    head: { ref: 'b', label: 'b', sha, repo_id },
    base: { ref: 'main', repo_id: 1 },
    merged: false,
  });
  expect(readGiteaPulls([gitea(1), gitea(2), gitea(0)])).toHaveLength(1);
  const facts = {
    iid: 1,
    title: 'x',
    description: null,
    state: 'opened',
    source_branch: 'b',
    target_branch: 'main',
    labels: [],
    sha,
    web_url: 'x',
  };
  const gitlab = (source_project_id: number | null) => ({ ...facts, source_project_id, target_project_id: 1 });
  expect(readGitlabMerges([gitlab(1), gitlab(2), gitlab(null)])).toHaveLength(1);
});

it('takes whatever a forge sends for what it is, or says that it is not what it should be', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(readGithubPulls, readGithubPull, readGiteaPulls, readGitlabMerges), (answer, read) => {
      try {
        read(answer);
      } catch (thrown) {
        expect(failureIn(thrown)?.kind).toBe('unreadable');
      }
    }),
    { seed: 1, numRuns: 500 },
  );
});

it.each([
  ['a number that JSON cannot keep', { number: 2 ** 53 }],
  ['a state that nobody knows', { state: 'frozen' }],
  ['a head that is no commit', { head: { ref: 'b', sha: '--upload-pack=x', repo: { id: 1 } } }],
  ['no base', { base: null }],
  ['labels that are none', { labels: 'mainsheet' }],
])('refuses %s', (_, odd) => {
  const pull = { ...shared, number: 1, head: { ref: 'b', sha, repo: { id: 1 } }, base: { ref: 'main', repo: { id: 1 } }, merged_at: null };
  expect(readGithubPull(pull).number).toBe(1);
  expect(() => readGithubPull({ ...pull, ...odd })).toThrow(/not what its API promises|neither open nor closed/);
});

it('knows its own comment by how it begins, and not by what it quotes', () => {
  expect(isMarked(markedText('edited', 'text'), 'edited')).toBe(true);
  expect(isMarked(markedText('edited', 'text').replaceAll('\n', '\r\n'), 'edited')).toBe(true);
  expect(isMarked(`> ${markedText('edited', 'text')}`, 'edited')).toBe(false);
  expect(isMarked(markedText('edited twice', 'text'), 'edited')).toBe(false);
  expect(markedText('a --> b', 'text')).toBe('<!-- mainsheet: a-b -->\ntext');
});

it('cuts what a status says to what the forge takes, between characters', () => {
  const said = (description: string) => statusChanges([{ name: 'a', state: 'success', description }], [], 10)[0]?.description;
  expect(said('0123456789')).toBe('0123456789');
  expect(said('01234567890')).toBe('012345678…');
  expect(said('01234567😀xxx')).toBe('01234567…');
});

it('dates a status by when it came to be so', () => {
  const row = { status: 'success', name: 'argocd/prod', target_url: null, description: null, created_at: '2026-12-18T09:00:00.000Z' };
  const ats = (rows: readonly object[]) => readGitlabStatuses(rows).map(({ at }) => at);
  const nine = Date.UTC(2026, 11, 18, 9) / 1000;
  // GitLab keeps the row of one that was pending, and its first date.
  expect(ats([{ ...row, started_at: null, finished_at: '2026-12-18T09:05:00.250Z' }, row])).toEqual([nine + 301, nine]);
  const status = { context: 'argocd/prod', state: 'success', target_url: null, description: null };
  expect(
    readGithubStatuses({ statuses: [{ ...status, created_at: '2026-12-18T09:00:00Z' }, { ...status, created_at: 'soon' }, status] }),
  ).toEqual([
    { name: 'argocd/prod', state: 'success', description: '', at: nine },
    { name: 'argocd/prod', state: 'success', description: '' },
    { name: 'argocd/prod', state: 'success', description: '' },
  ]);
});

import { describe, expect, it } from 'vitest';
import type { ForgePullRequest } from '../../src/model/forge.ts';
import { type BranchState, decidePullRequest, type PullRequestState } from '../../src/propose/decide-pull-request.ts';

const tip = 'c1';
const ours: BranchState = { tip, digest: 'same', isOurs: true, isCurrent: true };
const stale: BranchState = { ...ours, isCurrent: false };
const theirs: BranchState = { tip, isOurs: false, isCurrent: false };
const wanted = { digest: 'same', base: 'main' };

function pull(number: number, state: ForgePullRequest['state'], words: Partial<ForgePullRequest> = {}): ForgePullRequest {
  const branch = 'mainsheet/prod/reviews';
  return {
    ...{ number, state, branch, url: `https://git.example.com/${number}`, headCommit: tip, base: 'main', title: '', body: '' },
    ...{ draft: false, labels: [], author: 'mainsheet', automerge: false },
    ...words,
  };
}

/** What the row says in short: 'push, create', 'update #1', 'leave #1: commits'. */
function told(state: Omit<PullRequestState, 'digestOf'>, bodyDigest?: string): string {
  const action = decidePullRequest({ ...state, digestOf: () => bodyDigest });
  switch (action.kind) {
    case 'propose': {
      const rest = action.superfluous.map(({ number }) => `, close #${number}`).join('');
      return `${action.push ? 'push, ' : ''}${action.pull === undefined ? 'create' : `update #${action.pull.number}`}${rest}`;
    }
    case 'leave':
      return `leave${action.pull === undefined ? '' : ` #${action.pull.number}`}: ${action.because}`;
    case 'stays-closed':
      return `stays closed #${action.pull.number}`;
    case 'close':
      return `close ${action.pulls.map(({ number }) => `#${number}`).join(' ')}`;
    case 'nothing':
      return 'nothing';
  }
}

type Row = [name: string, state: Omit<PullRequestState, 'digestOf'>, answer: string, bodyDigest?: string];

const rows: Row[] = [
  ['first time', { pulls: [], wanted }, 'push, create'],
  ['killed between push and pull request', { branch: ours, pulls: [], wanted }, 'create'],
  ['nothing changed: nothing is pushed', { branch: ours, pulls: [pull(1, 'open')], wanted }, 'update #1'],
  ['base moved, or new content', { branch: stale, pulls: [pull(1, 'open')], wanted }, 'push, update #1'],
  ['the branch was deleted under an open pull request', { pulls: [pull(1, 'open')], wanted }, 'push, update #1'],
  ['a person committed', { branch: theirs, pulls: [pull(1, 'open')], wanted }, 'leave #1: commits'],
  ['a person committed before there was a pull request', { branch: theirs, pulls: [], wanted }, 'leave: commits'],
  ['a person committed, then closed', { branch: theirs, pulls: [pull(1, 'closed')], wanted }, 'leave: commits'],
  ['a person committed, and that was merged', { branch: theirs, pulls: [pull(1, 'merged')], wanted }, 'push, create'],
  ['a person committed after the merge', { branch: theirs, pulls: [pull(1, 'merged', { headCommit: 'c0' })], wanted }, 'leave: commits'],
  ['closed by a person: the same content', { branch: ours, pulls: [pull(1, 'closed')], wanted }, 'stays closed #1'],
  ['closed, the base moved since', { branch: stale, pulls: [pull(1, 'closed')], wanted }, 'stays closed #1'],
  ['closed, other content', { branch: { ...stale, digest: 'other' }, pulls: [pull(1, 'closed')], wanted }, 'push, create'],
  ['closed, branch deleted, the same content', { pulls: [pull(1, 'closed')], wanted }, 'stays closed #1', 'same'],
  ['closed, branch deleted, other content', { pulls: [pull(1, 'closed')], wanted }, 'push, create', 'other'],
  ['closed, branch deleted, body edited', { pulls: [pull(1, 'closed')], wanted }, 'push, create'],
  ['closed once, opened again by a person', { branch: ours, pulls: [pull(2, 'open'), pull(1, 'closed')], wanted }, 'update #2'],
  ['merged: the next step', { branch: { ...stale, digest: 'other' }, pulls: [pull(1, 'merged')], wanted }, 'push, create'],
  ['merged, and its branch deleted', { pulls: [pull(1, 'merged')], wanted }, 'push, create'],
  ['merged, undone, and wanted again', { branch: stale, pulls: [pull(1, 'merged')], wanted }, 'push, create'],
  ['retargeted by a person', { branch: ours, pulls: [pull(1, 'open', { base: 'next' })], wanted }, 'leave #1: retargeted'],
  ['two open by accident', { branch: ours, pulls: [pull(2, 'open'), pull(1, 'open')], wanted }, 'update #1, close #2'],
  [
    "a person's own from our branch elsewhere",
    { branch: ours, pulls: [pull(2, 'open', { base: 'next' }), pull(1, 'open')], wanted },
    'update #1',
  ],
  ['superseded: nothing is left to propose', { branch: ours, pulls: [pull(1, 'open')] }, 'close #1'],
  ['superseded, but a person committed', { branch: theirs, pulls: [pull(1, 'open')] }, 'leave #1: commits'],
  ['nothing to propose, nothing there', { pulls: [] }, 'nothing'],
  ['nothing to propose, a branch of a person', { branch: theirs, pulls: [] }, 'nothing'],
  ['nothing to propose, merged', { branch: ours, pulls: [pull(1, 'merged')] }, 'nothing'],
];

describe('the life of a pull request', () => {
  it.each(rows)('%s', (_name, state, answer, bodyDigest) => {
    expect(told(state, bodyDigest)).toBe(answer);
  });
});

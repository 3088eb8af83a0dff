import { describe, expect, it } from 'vitest';
import type { ForgePullRequest, WantedPullRequest } from '../../src/model/forge.ts';
import { type BranchState, decideBranch } from '../../src/propose/decide-branch.ts';
import { decidePullRequest } from '../../src/repo/forge/decide-pull-request.ts';

const tip = 'c1';
const ours: BranchState = { tip, isOurs: true, isCurrent: true };
const stale: BranchState = { tip, isOurs: true, isCurrent: false };
const theirs: BranchState = { tip, isOurs: false, isCurrent: false };
const branch = 'mainsheet/prod/reviews';
const wanted: WantedPullRequest = {
  ...{ branch, base: 'main', title: 'new', body: 'same', labels: [], reviewers: [], draft: false, automerge: false },
};

function pull(number: number, state: ForgePullRequest['state'], words: Partial<ForgePullRequest> = {}): ForgePullRequest {
  return {
    ...{ number, state, branch, url: `https://git.example.com/${number}`, headCommit: tip, base: 'main', title: 'new', body: 'same' },
    ...{ draft: false, labels: [], author: 'mainsheet', automerge: false },
    ...words,
  };
}

/** What a run does, in short: 'push, create', 'update #1', 'leave: commits'. As in `carryOut`, the pull request is asked about first. */
function told(state: BranchState | undefined, pulls: readonly ForgePullRequest[]): string {
  const digestOf = (body: string) => (body === '' ? undefined : body);
  const decision = decidePullRequest(wanted, pulls, { digest: 'same', head: state?.isCurrent === true ? state.tip : '', digestOf });
  if (decision.action === 'leave') return `leave #${decision.pullRequest.number}: ${decision.why}`;
  const merged = pulls.flatMap((pull) => (pull.state === 'merged' ? [pull.headCommit] : []));
  const action = decideBranch(state, merged);
  if (action === 'leave') return 'leave: commits';
  const pushed = action === 'push' ? ['push'] : [];
  if (decision.action === 'create') return [...pushed, 'create'].join(', ');
  const changed = Object.keys(decision.change).length > 0 ? [`update #${decision.pullRequest.number}`] : [];
  const done = [...pushed, ...changed, ...decision.surplus.map(({ number }) => `close #${number}`)];
  return done.length === 0 ? 'nothing' : done.join(', ');
}

type Row = [name: string, state: BranchState | undefined, pulls: readonly ForgePullRequest[], answer: string];

const open = (number: number, words: Partial<ForgePullRequest> = {}) => pull(number, 'open', words);
const closed = (number: number, words: Partial<ForgePullRequest> = {}) => pull(number, 'closed', words);
const merged = (number: number, words: Partial<ForgePullRequest> = {}) => pull(number, 'merged', words);

const rows: Row[] = [
  ['first time', undefined, [], 'push, create'],
  ['killed between push and pull request', ours, [], 'create'],
  ['nothing changed: nothing is pushed or edited', ours, [open(1)], 'nothing'],
  ['told in other words', ours, [open(1, { title: 'old' })], 'update #1'],
  ['base moved', stale, [open(1)], 'push'],
  ['other content', stale, [open(1, { body: 'other' })], 'push, update #1'],
  ['the branch was deleted under an open pull request', undefined, [open(1)], 'push'],
  ['a person committed', theirs, [open(1)], 'leave: commits'],
  ['a person committed before there was a pull request', theirs, [], 'leave: commits'],
  ['a person committed, and that was merged', theirs, [merged(1)], 'push, create'],
  ['a person committed after the merge', theirs, [merged(1, { headCommit: 'c0' })], 'leave: commits'],
  ['closed by a person: the same content', ours, [closed(1)], 'leave #1: closed by a person'],
  ['closed, the base moved since', stale, [closed(1)], 'leave #1: closed by a person'],
  ['closed, branch deleted: the same content', undefined, [closed(1)], 'leave #1: closed by a person'],
  ['closed: other content', stale, [closed(1, { body: 'other' })], 'push, create'],
  ['closed, body edited', stale, [closed(1, { body: '' })], 'push, create'],
  ['closed once, opened again by a person', ours, [open(2), closed(1)], 'nothing'],
  ['closed, then merged all the same: wanted again', undefined, [merged(2, { headCommit: 'c0' }), closed(1)], 'push, create'],
  ['merged: the next step', { ...stale, tip: 'c1' }, [merged(1, { headCommit: 'c0' })], 'push, create'],
  ['merged, and its branch deleted', undefined, [merged(1)], 'push, create'],
  ['merged just now: the base is not here yet', ours, [merged(1)], 'leave #1: merged'],
  ['retargeted by a person', ours, [open(1, { base: 'next' })], 'leave #1: retargeted'],
  ['two open by accident', ours, [open(2), open(1)], 'close #1'],
  ["someone else's, from our branch", ours, [open(1, { body: '' })], 'leave #1: foreign'],
];

describe('the life of a pull request', () => {
  it.each(rows)('%s', (_name, state, pulls, answer) => {
    expect(told(state, pulls)).toBe(answer);
  });
});

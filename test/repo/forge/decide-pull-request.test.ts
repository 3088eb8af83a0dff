import { expect, it } from 'vitest';
import type { ForgePullRequest } from '../../../src/model/forge.ts';
import { decidePullRequest } from '../../../src/repo/forge/decide-pull-request.ts';
import { bodyOf, branch, contentOf, wantedWith } from './contract.ts';

const head = 'a'.repeat(40);

function pull(number: number, change: Partial<ForgePullRequest>): ForgePullRequest {
  const { title, body, base } = wantedWith();
  const facts = {
    url: `https://forge.example.com/${number}`,
    branch,
    headCommit: head,
    draft: false,
    labels: ['mainsheet'],
    author: 'bot',
    automerge: false,
  };
  return { number, state: 'open', title, body, base, ...facts, ...change };
}

const decide = (found: readonly ForgePullRequest[], wanted = wantedWith(), digest = 'one') =>
  decidePullRequest(wanted, found, contentOf(digest, head));

it('asks again for what was closed before something else was merged', () => {
  const found = [pull(3, { state: 'merged', body: bodyOf('two'), headCommit: 'b'.repeat(40) }), pull(2, { state: 'closed' })];
  expect(decide(found).action).toBe('create');
  expect(decide([pull(4, { state: 'closed' }), ...found])).toMatchObject({ action: 'leave', why: 'closed by a person' });
});

it('asks again for what a person closed where a person asks for it by name', () => {
  const asked = (found: readonly ForgePullRequest[]) =>
    decidePullRequest(wantedWith(), found, { ...contentOf('one', head), isAskedFor: true });
  expect(asked([pull(2, { state: 'closed' })])).toEqual({ action: 'create' });
  expect(asked([pull(2, { state: 'merged' })]), 'but not for what is merged').toMatchObject({ action: 'leave', why: 'merged' });
  expect(asked([pull(3, {}), pull(2, { state: 'closed' })])).toMatchObject({ action: 'keep', pullRequest: { number: 3 } });
});

it('does not mind what was closed for another base', () => {
  expect(decide([pull(2, { state: 'closed', base: 'next' })]).action).toBe('create');
});

it('proposes again the content of an older merge, which base has lost since', () => {
  expect(decide([pull(2, { state: 'merged', headCommit: 'b'.repeat(40) })]).action).toBe('create');
});

it('takes back automatic merging as soon as the content does not allow it any more', () => {
  const wanted = wantedWith({ body: bodyOf('two') });
  expect(decide([pull(1, { automerge: true })], wanted, 'two')).toMatchObject({ change: { automerge: 'off' } });
  expect(decide([pull(1, { automerge: true })], wantedWith({ automerge: true }))).toMatchObject({ change: {} });
  expect(decide([pull(1, {})], wantedWith({ automerge: true }))).toMatchObject({ change: { automerge: { head } } });
});

it('sees no change in line ends and space that the forge makes of a body', () => {
  expect(decide([pull(1, { body: `${wantedWith().body.replaceAll('\n', '\r\n')}\r\n\r\n` })])).toMatchObject({ change: {} });
});

it('keeps the newest of several, and closes only its own', () => {
  const decision = decide([pull(5, {}), pull(4, { body: 'a person’s' }), pull(3, {})]);
  const expected = { action: 'keep', pullRequest: { number: 5 }, surplus: [{ number: 3 }] };
  expect(decision).toMatchObject(expected);
  expect(decide([pull(3, {}), pull(5, {})]), 'of the same second, in any order').toMatchObject(expected);
});

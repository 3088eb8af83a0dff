import { expect, it } from 'vitest';
import type { CommitStatus } from '../../src/model/pull-request.ts';
import { liveByStatus } from '../../src/rollout/live-status.ts';

const said = (state: CommitStatus['state'], at?: number): CommitStatus => ({
  name: 'argocd/prod',
  state,
  description: state === 'failure' ? 'Degraded' : '',
  ...(at === undefined ? {} : { at }),
});
const other: CommitStatus = { name: 'ci', state: 'failure', description: '', at: 1 };
const live = (...commits: readonly (readonly CommitStatus[])[]) => liveByStatus('argocd/prod', commits);

it('a step is live since the engine first said so of a commit that has it, without a failure since', () => {
  expect(live([said('success', 20), other])).toEqual({ since: 20 });
  expect(live([], [said('success', 20)])).toEqual({ since: 20 });
  expect(live([said('success', 40)], [other], [said('success', 20)])).toEqual({ since: 20 });
  expect(live([said('success', 40)], [said('failure', 30)], [said('success', 20)])).toEqual({ since: 40 });
  expect(live([said('success', 40)], [said('pending', 5)])).toEqual({ since: 40 });
});

it('a later commit that is still being applied does not undo it', () => {
  expect(live([said('pending', 40)], [said('success', 20)])).toEqual({ since: 20 });
});

it('it is not live before, after a failure, or where nobody says since when', () => {
  expect(live([other])).toEqual({ notLive: 'argocd/prod has said nothing of it yet' });
  expect(live()).toEqual({ notLive: 'argocd/prod has said nothing of it yet' });
  expect(live([said('pending', 20)])).toEqual({ notLive: 'argocd/prod says pending' });
  expect(live([said('failure', 30)], [said('success', 20)])).toEqual({ notLive: 'argocd/prod says failure: Degraded' });
  expect(live([said('pending', 40)], [said('error', 30)], [said('success', 20)])).toEqual({ notLive: 'argocd/prod says error' });
  expect(live([said('success')])).toEqual({ notLive: 'argocd/prod does not say since when it is a success' });
});

import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/model/json.ts';
import type { RolloutMove, RolloutPlan } from '../../src/model/rollout.ts';
import { rolloutState } from '../../src/rollout/state.ts';
import { wordsAfter } from '../../src/rollout/words-after.ts';

const step = (percent: number, mirror?: number) => ({
  percent,
  soak: 0,
  gates: [],
  approve: false,
  ...(mirror === undefined ? {} : { mirror }),
});
const plan: RolloutPlan = {
  steps: [step(0, 10), step(5), step(50), step(100)],
  onFailure: 'rollback',
  newVersion: 'queue',
  readiness: { kind: 'assumed' },
  live: { kind: 'merge' },
  sticky: { cookie: 'reviews-version', maxAge: 86_400, mesh: false },
};
const versions = { v1: {}, v2: {} };

function wordsOf(words: JsonObject, move: RolloutMove): JsonObject {
  const members = [{ service: 'reviews', words, history: [] }];
  const state = rolloutState({ environment: 'prod', subject: 'reviews', isTrain: false, plan, members, rollout: {} });
  const [member] = state.members;
  if (member === undefined) throw new Error('no member');
  return wordsAfter(state, member, words, move, (service, version) => `${service}-${version}`);
}

const forward = (index: number): RolloutMove => ({ kind: 'forward', service: 'reviews', step: index, reason: '' });
const back = (to: number | 'previous'): RolloutMove => ({ kind: 'rollback', to, reason: '' });
const sticky = { cookie: 'reviews-version', maxAge: '24h', id: 'reviews-v2' };

describe('wordsAfter', () => {
  it('begins with the first step, in a version that may be new, and with a cookie of this run', () => {
    const words = { versions: { v1: {} }, stable: 'v1', timeout: '3s' };
    expect(wordsOf(words, { kind: 'start', service: 'reviews', version: 'v2', step: 0, reason: '' })).toEqual({
      ...words,
      versions,
      canary: { version: 'v2', percent: 0, mirror: 10, sticky },
    });
  });

  it('remembers the shares that users were drawn for, and no share of nothing', () => {
    const mirrored = { versions, stable: 'v1', canary: { version: 'v2', percent: 0, mirror: 10, sticky } };
    const first = wordsOf(mirrored, forward(1));
    expect(first.canary).toEqual({ version: 'v2', percent: 5, sticky });
    const second = wordsOf(first, forward(2));
    expect(second.canary).toEqual({ version: 'v2', percent: 50, sticky: { ...sticky, seen: [5] } });
    expect(wordsOf(second, forward(3)).canary).toEqual({ version: 'v2', percent: 100, sticky: { ...sticky, seen: [5, 50] } });
  });

  it('leaves nothing behind at the end', () => {
    const whole = {
      versions,
      stable: 'v1',
      canary: { version: 'v2', percent: 100, sticky },
      rollout: { queued: 'v2', returning: true, soak: '1h' },
    };
    const finished = wordsOf(whole, { kind: 'finish', reason: '' });
    expect(finished).toEqual({ versions, stable: 'v2', previous: 'v1', rollout: { soak: '1h' } });
    expect(wordsOf(finished, { kind: 'retire', reason: '' })).toEqual({ versions: { v2: {} }, stable: 'v2', rollout: { soak: '1h' } });
    expect(wordsOf(finished, back('previous'))).toEqual({ versions, stable: 'v1', rollout: { soak: '1h' } });
  });

  it('goes back to what is stable, or by steps with the cookies of the same run, so that nobody joins', () => {
    const half = { versions, stable: 'v1', canary: { version: 'v2', percent: 50, sticky: { ...sticky, seen: [5] } } };
    expect(wordsOf(half, back(0))).toEqual({ versions, stable: 'v1' });
    expect(wordsOf(half, back(20))).toEqual({
      versions,
      stable: 'v1',
      canary: { version: 'v2', percent: 20, sticky: { ...sticky, seen: [5, 50] } },
      rollout: { returning: true },
    });
    const twice = wordsOf(wordsOf(half, back(20)), back(5));
    expect(twice.canary).toEqual({ version: 'v2', percent: 5, sticky: { ...sticky, seen: [50, 20] } });
    const whole = { ...half, canary: { version: 'v2', percent: 100, sticky: { ...sticky, seen: [5, 50] } } };
    expect(wordsOf(whole, back(20)).canary).toEqual({ version: 'v2', percent: 20, sticky: { ...sticky, seen: [5, 50] } });
  });

  it('takes what was to come of the rollout back with it, and leaves what else is to come', () => {
    const words = {
      versions,
      stable: 'v1',
      canary: { version: 'v2', percent: 5 },
      next: { canary: { percent: 50 }, versions: { v1: null, v3: {} }, timeout: '3s' },
    };
    expect(wordsOf(words, back(0))).toEqual({ versions, stable: 'v1', next: { timeout: '3s', versions: { v3: {} } } });
    expect(wordsOf({ ...words, next: { canary: null, stable: 'v2' } }, back(0))).toEqual({ versions, stable: 'v1' });
  });

  it('keeps what is held and who waits when it goes back, unless that is what goes back', () => {
    const words = { versions, stable: 'v1', canary: { version: 'v2', percent: 5 }, rollout: { hold: 'fair', queued: 'v3' } };
    expect(wordsOf(words, back(0))).toEqual({ versions, stable: 'v1', rollout: { hold: 'fair', queued: 'v3' } });
    expect(wordsOf({ ...words, rollout: { queued: 'v2' } }, back(0))).toEqual({ versions, stable: 'v1' });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/model/json.ts';
import type { RolloutPlan } from '../../src/model/rollout.ts';
import type { DatedWords } from '../../src/rollout/standing.ts';
import { rolloutState, showsOrigin } from '../../src/rollout/state.ts';

const plan: RolloutPlan = {
  steps: [{ percent: 50, soak: 0, gates: [], approve: false }],
  onFailure: 'rollback',
  newVersion: 'queue',
  readiness: { kind: 'assumed' },
  live: { kind: 'merge' },
};
const at = (percent: number, more: JsonObject = {}): JsonObject => ({ stable: 'v1', canary: { version: 'v2', percent }, ...more });

function stateOf(words: JsonObject, ...history: readonly (readonly [number, JsonObject | undefined])[]) {
  const dated = history.map(([date, then]): DatedWords => ({ commit: String(date), date, words: then }));
  return rolloutState({
    environment: 'prod',
    subject: 'reviews',
    isTrain: false,
    plan,
    rollout: {},
    members: [{ service: 'reviews', words, history: dated }],
  });
}

describe('rolloutState', () => {
  it('dates a step by the oldest commit since which it stands without a gap', () => {
    expect(stateOf(at(25), [300, at(25)], [200, at(25)], [100, at(5)]).mergedAt).toBe(200);
    expect(stateOf(at(25), [300, at(25)], [200, at(5)], [100, at(25)]).mergedAt).toBe(300);
  });

  it('does not begin a soak anew for what is no part of the step', () => {
    const edited = at(25, { timeout: '3s', rollout: { hold: 'fair' }, versions: { v1: {}, v2: {}, v9: {} } });
    expect(stateOf(edited, [300, edited], [200, at(25)], [100, at(5)]).mergedAt).toBe(200);
    const phased = at(25, { next: { canary: { percent: 50 } } });
    expect(stateOf(phased, [300, phased], [200, at(25)], [100, at(5)]).mergedAt).toBe(300);
  });

  it('begins it anew where the intent was not there, and knows no date where no commit is known', () => {
    expect(stateOf(at(25), [300, at(25)], [200, undefined], [100, at(25)]).mergedAt).toBe(300);
    expect(stateOf(at(25)).mergedAt).toBeUndefined();
  });

  it('is as young as the youngest member of a train', () => {
    const members = [100, 200].map((date, i) => ({
      service: `s${i}`,
      target: 'v2',
      words: at(50),
      history: [{ commit: 'a', date, words: at(50) }],
    }));
    expect(rolloutState({ environment: 'prod', subject: 't', isTrain: true, plan, members, rollout: {} }).mergedAt).toBe(200);
  });

  it('dates a finish by itself: a rollout that has begun since does not make it younger', () => {
    const words: JsonObject = { stable: 'v2', previous: 'v1', canary: { version: 'v3', percent: 5 } };
    const finished: JsonObject = { stable: 'v2', previous: 'v1' };
    expect(stateOf(words, [300, words], [200, finished], [100, at(100)])).toMatchObject({ mergedAt: 300, finishedAt: 200 });
  });

  it('knows whether a history reaches back far enough', () => {
    expect(showsOrigin(at(25), [{ commit: 'a', date: 1, words: at(25) }])).toBe(false);
    expect(
      showsOrigin(at(25), [
        { commit: 'b', date: 2, words: at(25) },
        { commit: 'a', date: 1, words: undefined },
      ]),
    ).toBe(true);
  });

  it('never dates a step earlier than what was applied came to be so, whatever slips there were', () => {
    const commit = fc.record({ percent: fc.constantFrom(5, 25), isRendered: fc.boolean() });
    fc.assert(
      fc.property(fc.array(commit, { minLength: 1, maxLength: 8 }), (past) => {
        const commits = [{ percent: 50, isRendered: true }, ...past];
        const follows = (i: number) => commits.findIndex((one, k) => k >= i && one.isRendered);
        const history = commits.map(
          ({ percent }, i): DatedWords => ({
            commit: String(i),
            date: i,
            words: at(percent),
            rendered: follows(i) === -1 ? 'never' : follows(i),
            ...(commits[i + 1] !== undefined && follows(i) !== i ? { isPassing: true } : {}),
          }),
        );
        const last = commits.at(-1)?.percent ?? 0;
        const { mergedAt = -1, isUnrendered } = rolloutState({
          environment: 'prod',
          subject: 'reviews',
          isTrain: false,
          plan,
          rollout: {},
          members: [{ service: 'reviews', words: at(last), history: history.toReversed() }],
        });
        // What a commit's manifests say: as the intents were when something was rendered last.
        const applied = commits.map((_, i) => commits[commits.findLastIndex((one, k) => k <= i && one.isRendered)]?.percent);
        const since = applied.findLastIndex((percent) => percent !== last) + 1;
        if (isUnrendered !== true) expect(mergedAt).toBeGreaterThanOrEqual(since);
        // Nor does it begin anew where nothing else was applied since.
        if (since < commits.length)
          expect(mergedAt).toBeLessThanOrEqual(
            Math.max(
              since,
              commits.findLastIndex((one) => one.isRendered),
            ),
          );
      }),
      { numRuns: 500, seed: 6 },
    );
  });
});

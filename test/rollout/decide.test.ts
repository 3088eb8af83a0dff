import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/model/json.ts';
import type { GateDefinition, GateOutcome, RolloutMove, RolloutPlan } from '../../src/model/rollout.ts';
import { decide, decideStart, rollbackOf } from '../../src/rollout/decide.ts';
import { noSurroundings, type RolloutSituation } from '../../src/rollout/situation.ts';
import { rolloutState } from '../../src/rollout/state.ts';
import { wordsAfter } from '../../src/rollout/words-after.ts';
import { subjectOf } from '../support/rollouts/world.ts';

const hour = 3600;
const now = Date.parse('2026-11-24T12:00:00Z') / 1000;
const gate: GateDefinition = {
  name: 'success-rate',
  provider: 'default',
  measure: { kind: 'success-rate' },
  min: 99,
  compare: 'absolute',
  tolerance: 0,
  over: 600,
  minSamples: 500,
  warmUp: 600,
};
const step = (percent: number, more: Partial<RolloutPlan['steps'][number]> = {}) => ({
  percent,
  soak: hour,
  gates: ['success-rate'],
  approve: false,
  ...more,
});
const plan: RolloutPlan = {
  steps: [step(5), step(25), step(50), step(100)],
  retireAfter: 24 * hour,
  onFailure: 'rollback',
  newVersion: 'queue',
  readiness: { kind: 'assumed' },
  live: { kind: 'merge' },
};

interface Given {
  readonly words: JsonObject;
  readonly plan?: Partial<RolloutPlan>;
  /** Whether the plan does not say when the old version retires. */
  readonly keeps?: boolean;
  /** Hours that the step has been live. */
  readonly live?: number;
  readonly gate?: GateOutcome;
  readonly around?: Partial<RolloutSituation['surroundings']>;
  readonly guardrails?: Partial<RolloutSituation['guardrails']>;
}

const { retireAfter: _, ...keepingPlan } = plan;

function given({
  words,
  plan: changed = {},
  keeps = false,
  live = 2,
  gate: outcome = 'pass',
  around = {},
  guardrails = {},
}: Given): RolloutSituation {
  const rollout = (words.rollout ?? {}) as JsonObject;
  const held = typeof rollout.hold === 'string' ? { hold: { reason: rollout.hold } } : {};
  const state = rolloutState({
    environment: 'prod',
    subject: 'reviews',
    isTrain: false,
    plan: { ...(keeps ? keepingPlan : plan), ...held, ...changed },
    rollout,
    members: [{ service: 'reviews', words, history: [{ commit: 'a', date: now - live * hour, words }] }],
  });
  return {
    state: { ...state, ...(state.mergedAt === undefined ? {} : { liveSince: state.mergedAt }) },
    now,
    gates: new Map([[gate.name, gate]]),
    evidence: [
      {
        service: 'reviews',
        evidence: {
          gate: gate.name,
          outcome,
          reason: 'incomplete',
          detail: 'as given',
          queries: [],
          at: now,
          definition: gate,
          subject: subjectOf('reviews'),
        },
      },
    ],
    guardrails: { freeze: [], forbid: [], require: [], ...guardrails },
    surroundings: { ...noSurroundings, ...around },
  };
}

const versions = { v13: {}, v14: {} };
const at = (percent: number, more: JsonObject = {}): JsonObject => ({
  versions,
  stable: 'v13',
  canary: { version: 'v14', percent },
  ...more,
});

const told = (move: RolloutMove): string => {
  if (move.kind === 'wait') return `wait: ${move.blocks.map(({ kind }) => kind).join(', ')}`;
  if (move.kind === 'forward' || move.kind === 'start') return `${move.kind} ${move.step}`;
  return move.kind === 'rollback' ? `rollback ${move.to}` : move.kind;
};

describe('decide', () => {
  const cases: readonly { readonly title: string; readonly given: Given; readonly move: string }[] = [
    { title: 'goes to the next step', given: { words: at(5) }, move: 'forward 1' },
    { title: 'goes on from a share that a person chose', given: { words: at(30) }, move: 'forward 2' },
    { title: 'begins what was written with no share', given: { words: at(0) }, move: 'forward 0' },
    { title: 'finishes at 100 %', given: { words: at(100) }, move: 'finish' },
    { title: 'waits for the soak', given: { words: at(25), live: 0.5 }, move: 'wait: soak' },
    { title: 'waits while a gate warms up', given: { words: at(25), live: 0.1 }, move: 'wait: soak, warm-up' },
    { title: 'waits for a gate that does not know', given: { words: at(25), gate: 'inconclusive' }, move: 'wait: gate' },
    { title: 'waits for a gate that can not be asked', given: { words: at(25), gate: 'error' }, move: 'wait: gate' },
    {
      title: 'waits for a gate that nobody defined',
      given: { words: at(25), plan: { steps: [step(25, { gates: ['x'] }), step(100)] } },
      move: 'wait: gate',
    },
    { title: 'goes back when a gate fails', given: { words: at(25), gate: 'fail' }, move: 'rollback 0' },
    { title: 'goes back while it soaks', given: { words: at(25), gate: 'fail', live: 0.5 }, move: 'rollback 0' },
    {
      title: 'does not go back for what is measured before it is warm',
      given: { words: at(25), gate: 'fail', live: 0.1 },
      move: 'wait: soak, warm-up',
    },
    { title: 'goes back though it is held', given: { words: at(25, { rollout: { hold: 'fair' } }), gate: 'fail' }, move: 'rollback 0' },
    { title: 'goes back by steps', given: { words: at(50), gate: 'fail', plan: { back: [30, 10, 0] } }, move: 'rollback 30' },
    {
      title: 'goes on back, whatever gates say',
      given: { words: at(10, { rollout: { returning: true } }), plan: { back: [30, 10, 0] } },
      move: 'rollback 0',
    },
    {
      title: 'holds when a gate fails and the plan says so',
      given: { words: at(25), gate: 'fail', plan: { onFailure: 'hold' } },
      move: 'hold',
    },
    { title: 'is held', given: { words: at(25, { rollout: { hold: 'fair' } }) }, move: 'wait: hold' },
    { title: 'lets phases go first', given: { words: at(25, { next: { canary: { percent: 50 } } }) }, move: 'phase' },
    {
      title: "waits for a person's pull request",
      given: { words: at(25), around: { foreignPullRequest: '#7' } },
      move: 'wait: open-pull-request',
    },
    { title: 'moves no more than it may', given: { words: at(50), guardrails: { maxShift: 25 } }, move: 'wait: max-shift' },
    {
      title: 'waits for the environment before it',
      given: {
        words: at(5),
        around: { upstream: [{ environment: 'staging', service: 'reviews', version: 'v14', soak: hour, stableSince: now - 60 }] },
      },
      move: 'wait: upstream',
    },
    {
      title: 'waits for pods',
      given: { words: at(0), plan: { readiness: { kind: 'evidence' } }, around: { unready: new Map([['reviews', 'no Deployment']]) } },
      move: 'wait: not-ready',
    },
    {
      title: 'asks no more for pods once there are requests',
      given: { words: at(5), plan: { readiness: { kind: 'evidence' } }, around: { unready: new Map([['reviews', 'x']]) } },
      move: 'forward 1',
    },
    { title: 'ends where the plan ends', given: { words: at(25), plan: { steps: [step(5), step(25)] } }, move: 'wait: approval' },
    { title: 'distrusts a commit of the future', given: { words: at(25), live: -1 }, move: 'wait: clock, soak, warm-up' },
    { title: 'has nothing to do', given: { words: { versions, stable: 'v13' } }, move: 'done' },
    { title: 'keeps the old version ready', given: { words: { versions, stable: 'v14', previous: 'v13' } }, move: 'wait: soak' },
    { title: 'retires the old version', given: { words: { versions, stable: 'v14', previous: 'v13' }, live: 25 }, move: 'retire' },
    {
      title: 'retires nothing that is in use',
      given: {
        words: { versions, stable: 'v14', previous: 'v13' },
        live: 25,
        around: { inUse: new Map([['reviews', ['service ratings']]]) },
      },
      move: 'wait: in-use',
    },
    {
      title: 'keeps the version before the old one as long as it was told, and finishes after that',
      given: { words: at(100, { previous: 'v12' }), live: 2 },
      move: 'wait: soak',
    },
    { title: 'retires the version before the old one first', given: { words: at(100, { previous: 'v12' }), live: 24 }, move: 'retire' },
    {
      title: 'finishes though the version before the old one is in use',
      given: { words: at(100, { previous: 'v12' }), live: 24, around: { inUse: new Map([['reviews', ['service ratings']]]) } },
      move: 'finish',
    },
    {
      title: 'never retires where the plan does not say when',
      given: { words: { versions, stable: 'v14', previous: 'v13' }, live: 250, keeps: true },
      move: 'done',
    },
    {
      title: 'finishes where the plan does not say when anything retires',
      given: { words: at(100, { previous: 'v12' }), live: 2, keeps: true },
      move: 'finish',
    },
  ];

  it.each(cases)('$title', ({ given: situation, move }) => {
    expect(told(decide(given(situation)))).toBe(move);
  });

  it('says until when', () => {
    const move = decide(
      given({ words: at(25), live: 0.5, guardrails: { freeze: [{ cron: '0 11 * * *', for: 3 * hour, timezone: 'UTC', reason: 'fair' }] } }),
    );
    expect(move.kind === 'wait' ? move.blocks : []).toEqual([
      { kind: 'freeze', reason: 'fair', until: now + 2 * hour },
      { kind: 'soak', reason: 'soaks for 1h', until: now + 0.5 * hour },
    ]);
  });

  it('begins no more rollouts than there may be, nor in a freeze', () => {
    const situation = given({ words: { versions, stable: 'v13' }, guardrails: { maxActiveRollouts: 3 }, around: { otherActive: 3 } });
    const [member] = situation.state.members;
    if (member === undefined) throw new Error('no member');
    expect(told(decideStart(situation, member, 'v14', 'asked'))).toBe('wait: limit');
  });
});

describe('another version arrives: v1.3 is stable, v1.4 has 25 %, and v1.5 is asked for', () => {
  const asked = { versions: { ...versions, v15: {} }, rollout: { queued: 'v15' } };

  it.each([
    { policy: 'queue', gate: 'pass', move: 'forward 2' },
    { policy: 'queue', gate: 'fail', move: 'rollback 0' },
    { policy: 'replace', gate: 'pass', move: 'rollback 0' },
    { policy: 'replace', gate: 'fail', move: 'rollback 0' },
    { policy: 'hold', gate: 'pass', move: 'wait: approval' },
    { policy: 'hold', gate: 'fail', move: 'rollback 0' },
  ] as const)('$policy, and gates $gate', ({ policy, gate: outcome, move }) => {
    expect(told(decide(given({ words: at(25, asked), plan: { newVersion: policy }, gate: outcome })))).toBe(move);
  });

  it.each(['queue', 'replace'] as const)(
    '%s: what is asked for begins when the other has ended, and ends at v1.3 when it fails as well',
    (policy) => {
      const play = (words: JsonObject, outcome: GateOutcome): JsonObject => {
        const situation = given({ words, plan: { newVersion: policy }, gate: outcome, live: 30 });
        const [member] = situation.state.members;
        if (member === undefined) throw new Error('no member');
        return wordsAfter(situation.state, member, words, decide(situation), () => 'id');
      };
      const back = play(at(25, asked), 'fail');
      expect(back).toEqual({ versions: asked.versions, stable: 'v13', rollout: { queued: 'v15' } });
      const begun = play(back, 'pass');
      expect(begun).toEqual({ versions: asked.versions, stable: 'v13', canary: { version: 'v15', percent: 5 } });
      expect(play(begun, 'fail')).toEqual({ versions: asked.versions, stable: 'v13' });
    },
  );

  it('a version that goes by itself meanwhile is not asked for any more', () => {
    expect(told(decide(given({ words: { versions, stable: 'v13', rollout: { queued: 'v13' } } })))).toBe('done');
    expect(told(decide(given({ words: at(25, { rollout: { queued: 'v14' } }), plan: { newVersion: 'hold' } })))).toBe('forward 2');
  });

  it('newer versions do not keep one from getting through: it goes on while they wait', () => {
    let words = at(5, asked);
    for (const i of [1, 2, 3, 4]) {
      const situation = given({ words: { ...words, rollout: { queued: `v15-${i}` } } });
      const [member] = situation.state.members;
      if (member === undefined) throw new Error('no member');
      words = wordsAfter(situation.state, member, words, decide(situation), () => 'id');
    }
    expect(words.stable).toBe('v14');
  });
});

describe('rollbackOf', () => {
  const back = (words: JsonObject): RolloutMove | undefined => rollbackOf(given({ words }).state, 'asked', 'once');

  it('leads to what is stable, or to what was; from nowhere it leads nowhere', () => {
    expect(back(at(100))).toMatchObject({ to: 0 });
    expect(back({ versions, stable: 'v14', previous: 'v13' })).toMatchObject({ to: 'previous' });
    expect(back({ versions, stable: 'v13' })).toBeUndefined();
  });
});

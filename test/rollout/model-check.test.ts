import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GateOutcome, RolloutMove, RolloutStep } from '../../src/model/rollout.ts';
import { decide } from '../../src/rollout/decide.ts';
import type { RolloutSituation } from '../../src/rollout/situation.ts';
import { actionWords, explore, playAll } from '../support/rollouts/explore.ts';
import { alone, plans, starts, train, trainStart } from '../support/rollouts/given.ts';
import { type Action, actions } from '../support/rollouts/play.ts';
import type { Decider } from '../support/rollouts/world.ts';

/** `FUZZ_RUNS=1000000 FUZZ_SEED=7` looks further, and elsewhere, than a test run has time for; then all plans are explored to the full depth. */
const runs = Number(process.env.FUZZ_RUNS ?? 10_000);
const seed = Number(process.env.FUZZ_SEED ?? 20_261_124);
const isLong = process.env.FUZZ_RUNS !== undefined;

const games = Object.keys(plans).flatMap((name) => [
  ...Object.entries(starts).map(([at, start]) => ({
    title: `${name}, ${at}`,
    rules: (by?: Decider) => alone(name, by),
    start,
    depth: isLong ? 8 : 4,
  })),
  { title: `${name}, a train`, rules: (by?: Decider) => train(name, by), start: trainStart, depth: isLong ? 8 : 4 },
]);

function told(fault: { readonly path: readonly Action[]; readonly text: string } | undefined): string | undefined {
  return fault === undefined ? undefined : `${fault.text}, after ${fault.path.map(actionWords).join(', ')}`;
}

describe('every way that a rollout can take', () => {
  it.each([
    { title: 'a service', rules: alone('plain'), start: starts.asked },
    { title: 'a train', rules: train('plain'), start: trainStart },
  ])('$title, from its start to depth 8', ({ rules, start }) => {
    if (start === undefined) throw new Error('no start');
    const { fault, states } = explore(rules, start, 8);
    expect(told(fault)).toBeUndefined();
    expect(states).toBeGreaterThan(5_000);
  });

  it.each(games)('$title', ({ rules, start, depth }) => {
    expect(told(explore(rules(), start, depth).fault)).toBeUndefined();
  });

  it(`${runs} that are taken at random`, () => {
    const known = new Map(games.map(({ title }) => [title, { pass: new Set<string>(), fail: new Set<string>() }]));
    fc.assert(
      fc.property(fc.constantFrom(...games), fc.array(fc.constantFrom(...actions), { maxLength: 24 }), ({ title, rules, start }, path) => {
        expect(playAll(rules(), start, path, known.get(title) ?? { pass: new Set(), fail: new Set() })).toBeUndefined();
      }),
      { numRuns: runs, seed },
    );
  });
});

/** Deciders with one thing wrong: what the exploration is worth is what it finds. */
const broken: Readonly<Record<string, Decider>> = {
  'does not wait for a soak': (given) => decide(withSteps(given, (step) => ({ ...step, soak: 0 }))),
  'does not ask gates': (given) => decide(withSteps(given, (step) => ({ ...step, gates: [] }))),
  'takes no answer for a pass': (given) => decide(withOutcome(given, ['inconclusive', 'error'], 'pass')),
  'takes a failure for no answer': (given) => decide(withOutcome(given, ['fail'], 'inconclusive')),
  'takes no answer for a failure': (given) => decide(withOutcome(given, ['inconclusive'], 'fail')),
  'moves in a freeze': (given) => decide({ ...given, guardrails: { ...given.guardrails, freeze: [] } }),
  'lets a freeze hold up a rollback': (given) => {
    const move = decide(given);
    return move.kind === 'rollback' && given.guardrails.freeze.length > 0 ? { kind: 'wait', blocks: [] } : move;
  },
  'moves though it is held': (given) => {
    const { hold: _, ...plan } = given.state.plan;
    return decide({ ...given, state: { ...given.state, plan } });
  },
  'begins more than there may be': (given) => decide({ ...given, surroundings: { ...given.surroundings, otherActive: 0 } }),
  "builds on a person's pull request": (given) => {
    const { foreignPullRequest: _, ...surroundings } = given.surroundings;
    return decide({ ...given, surroundings });
  },
  'takes merged for live': (given) =>
    decide(given.state.mergedAt === undefined ? given : { ...given, state: { ...given.state, liveSince: given.state.mergedAt } }),
  'skips a step': (given) => onForward(given, (move) => ({ ...move, step: given.state.plan.steps.length - 1 })),
  'stays where it is': (given) => onForward(given, (move) => ({ ...move, step: Math.max(0, move.step - 1) })),
  'finishes one step early': (given) => onForward(given, ({ reason }) => ({ kind: 'finish', reason })),
  'never finishes': (given) => {
    const move = decide(given);
    return move.kind === 'finish' ? { kind: 'done', reason: 'it is at 100 %' } : move;
  },
  'retires at once': (given) => decide({ ...given, state: { ...given.state, plan: { ...given.state.plan, retireAfter: 0 } } }),
  'retires while it is needed': (given) =>
    given.state.members.some(({ canary }) => canary !== undefined) ? { kind: 'retire', reason: '' } : decide(given),
  'rolls back what did not fail': (given) =>
    given.state.members.some(({ canary }) => canary?.percent === 50) ? { kind: 'rollback', to: 0, reason: '' } : decide(given),
  'forgets a proposed rollback': (given) => {
    const { proposedRollback: _, ...surroundings } = given.surroundings;
    return decide({ ...given, surroundings });
  },
  'leaves phases for later': (given) => decide({ ...given, state: { ...given.state, hasNext: false } }),
  'goes on while going back': (given) => decide({ ...given, state: { ...given.state, isReturning: false } }),
  'says two things of one situation': alternating(),
  'lets a consumer go first': (given) => decide({ ...given, state: { ...given.state, members: given.state.members.toReversed() } }),
};

describe('the exploration finds a decision that', () => {
  it.each(Object.keys(broken))('%s', (name) => {
    const decider = broken[name] ?? decide;
    // What is near is looked at everywhere, before what is far is anywhere.
    const isFound = [3, 4, 5].some((depth) => games.some(({ rules, start }) => explore(rules(decider), start, depth).fault !== undefined));
    expect(isFound).toBe(true);
  });
});

function withSteps(given: RolloutSituation, change: (step: RolloutStep) => RolloutStep): RolloutSituation {
  const { plan } = given.state;
  return { ...given, state: { ...given.state, plan: { ...plan, steps: plan.steps.map(change) } } };
}

function withOutcome(given: RolloutSituation, from: readonly GateOutcome[], to: GateOutcome): RolloutSituation {
  const evidence = given.evidence.map((one) =>
    from.includes(one.evidence.outcome) ? { ...one, evidence: { ...one.evidence, outcome: to } } : one,
  );
  return { ...given, evidence };
}

function onForward(given: RolloutSituation, change: (move: Extract<RolloutMove, { kind: 'forward' }>) => RolloutMove): RolloutMove {
  const move = decide(given);
  return move.kind === 'forward' ? change(move) : move;
}

function alternating(): Decider {
  let isOdd = false;
  return (given) => {
    isOdd = !isOdd;
    const move = decide(given);
    return move.kind === 'forward' && isOdd ? { kind: 'rollback', to: 0, reason: '' } : move;
  };
}

import type { RolloutPlan } from '../../../src/model/rollout.ts';
import { decide } from '../../../src/rollout/decide.ts';
import { type Decider, type Rules, tick, type World } from './world.ts';

/** Plans that differ in all that a decision looks at. */
export const plans: Readonly<Record<string, RolloutPlan>> = {
  plain: plan({}),
  gradual: plan({ back: [20, 0] }),
  careful: plan({ onFailure: 'hold', newVersion: 'hold' }),
  hasty: plan({ newVersion: 'replace' }),
  mirrored: plan({ steps: [step(0, 10), step(50), step(100)] }),
};

function plan(words: Partial<RolloutPlan>): RolloutPlan {
  return {
    steps: [step(50), step(100)],
    retireAfter: 2 * tick,
    onFailure: 'rollback',
    newVersion: 'queue',
    readiness: { kind: 'assumed' },
    live: { kind: 'status', context: 'argocd' },
    ...words,
  };
}

function step(percent: number, mirror?: number): RolloutPlan['steps'][number] {
  return { percent, soak: tick, gates: ['ok'], approve: false, ...(mirror === undefined ? {} : { mirror }) };
}

const versions = { v1: {}, v2: {} };
const quiet: Omit<World, 'words'> = { age: 0, finishAge: 0, closed: [] };

/** Where a service may be found: before its rollout, on the way, at its end, and after it. */
export const starts: Readonly<Record<string, World>> = {
  asked: world({ versions, stable: 'v1', rollout: { queued: 'v2' } }),
  half: world({ versions, stable: 'v1', canary: { version: 'v2', percent: 50 } }),
  whole: world({ versions, stable: 'v1', canary: { version: 'v2', percent: 100 } }),
  finished: world({ versions, stable: 'v2', previous: 'v1' }),
  again: world({ versions: { ...versions, v3: {} }, stable: 'v2', previous: 'v1', canary: { version: 'v3', percent: 100 } }),
  phased: world({ versions, stable: 'v1', canary: { version: 'v2', percent: 50 }, next: { canary: { percent: 100 } } }),
};

/** A train whose provider has begun. */
export const trainStart: World = {
  ...quiet,
  words: {
    payment: { versions, stable: 'v1', canary: { version: 'v2', percent: 50 } },
    cart: { versions, stable: 'v1' },
  },
};

function world(words: World['words'][string]): World {
  return { ...quiet, words: { reviews: words } };
}

export function alone(name: keyof typeof plans, decider: Decider = decide): Rules {
  return { plan: plans[name] ?? plan({}), targets: [{ service: 'reviews', target: 'v2' }], decide: decider };
}

export function train(name: keyof typeof plans, decider: Decider = decide): Rules {
  return {
    plan: plans[name] ?? plan({}),
    targets: [
      { service: 'payment', target: 'v2' },
      { service: 'cart', target: 'v2' },
    ],
    decide: decider,
  };
}

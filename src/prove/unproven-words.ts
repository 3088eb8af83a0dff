/** A word of the intent language that a proof does not compare with the manifests, and why. */
export interface UnprovenWord {
  readonly in: 'service' | 'external' | 'gateway' | 'environment' | 'pin' | 'route' | 'canary' | 'exposure' | 'shared host' | 'port';
  readonly word: string;
  readonly why: string;
}

const asks = 'it says nothing of where requests go';
const names = 'it says what an object is called, not what it does; references between objects are part of what is proven';
const reach = 'it says who sees an object; the proof looks from a namespace that does';
const access = 'Sidecars and AuthorizationPolicies say who may call, which the proof does not compare';

/** Every word of the intent language is either proven or stands here: test/prove/unproven-words.test.ts holds it to that. docs/proof.md lists them. */
export const unprovenWords: readonly UnprovenWord[] = [
  ...both('allow', asks),
  ...both('names', names),
  ...both('next', 'it is for later: a render does nothing with it'),
  ...both('rollout', 'the plan by which `canary` changes: what `canary` says today is proven'),
  ...both('previous', 'the state before the last change: a render does nothing with it'),
  { in: 'gateway', word: 'allow', why: asks },
  { in: 'gateway', word: 'names', why: names },
  { in: 'gateway', word: 'next', why: 'it is for later: a render does nothing with it' },
  { in: 'gateway', word: 'workload', why: access },
  { in: 'service', word: 'exportTo', why: reach },
  { in: 'service', word: 'workload', why: access },
  { in: 'service', word: 'dependsOn', why: access },
  { in: 'service', word: 'allowFrom', why: access },
  { in: 'pin', word: 'owner', why: asks },
  { in: 'pin', word: 'reason', why: asks },
  { in: 'pin', word: 'until', why: asks },
  { in: 'route', word: 'name', why: names },
  { in: 'exposure', word: 'name', why: names },
  { in: 'environment', word: 'sidecars', why: access },
  { in: 'environment', word: 'authorization', why: access },
];

function both(word: string, why: string): readonly UnprovenWord[] {
  return [
    { in: 'service', word, why },
    { in: 'external', word, why },
  ];
}

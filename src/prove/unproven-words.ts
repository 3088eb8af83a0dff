/** A word of the intent language that a proof does not compare with the manifests, and why. */
export interface UnprovenWord {
  readonly in: 'service' | 'external' | 'gateway' | 'pin' | 'route' | 'canary' | 'exposure' | 'shared host' | 'port';
  readonly word: string;
  readonly why: string;
}

const asks = 'it says nothing of where requests go';
const names = 'it says what an object is called, not what it does; references between objects are part of what is proven';

/** Every word of the intent language is either proven or stands here: test/prove/unproven-words.test.ts holds it to that. docs/proof.md lists them. */
export const unprovenWords: readonly UnprovenWord[] = [
  ...both('allow', asks),
  ...both('names', names),
  ...both('next', 'it is for later: a render does nothing with it'),
  ...both('rollout', 'the plan by which `canary` changes: what `canary` says today is proven'),
  ...both('previous', 'the state before the last change: a render does nothing with it'),
  { in: 'service', word: 'weights', why: 'who moves the weights later: those that are rendered, all traffic to `stable`, are proven' },
  { in: 'gateway', word: 'allow', why: asks },
  { in: 'gateway', word: 'names', why: names },
  { in: 'gateway', word: 'next', why: 'it is for later: a render does nothing with it' },
  { in: 'pin', word: 'owner', why: asks },
  { in: 'pin', word: 'reason', why: asks },
  { in: 'pin', word: 'until', why: asks },
  { in: 'route', word: 'name', why: names },
  { in: 'exposure', word: 'name', why: names },
];

function both(word: string, why: string): readonly UnprovenWord[] {
  return [
    { in: 'service', word, why },
    { in: 'external', word, why },
  ];
}

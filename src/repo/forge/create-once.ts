import type { ForgePullRequest } from '../../model/forge.ts';
import { failureIn } from './forge-fault.ts';

const looks = 3;
const pause = 1000;

interface Creation<T> {
  /** What is there already, or undefined. */
  readonly look: () => Promise<T | undefined>;
  readonly create: () => Promise<T>;
  readonly wait: (milliseconds: number) => Promise<void>;
}

/**
 * Looks, and creates what is not there, at most once: where it is not known whether the forge did so (no answer, half an answer, "there is
 * one already"), it looks again, more than once since lists lag behind, and does not create a second time. The next run will look first.
 */
export async function createOnce<T>({ look, create, wait }: Creation<T>): Promise<T> {
  const there = await look();
  if (there !== undefined) return there;
  try {
    return await create();
  } catch (thrown) {
    const kind = failureIn(thrown)?.kind;
    if (kind !== 'conflict' && kind !== 'unavailable' && kind !== 'unreadable') throw thrown;
    for (let time = 1; time <= looks; time++) {
      const late = await look();
      if (late !== undefined) return late;
      if (time < looks) await wait(pause);
    }
    throw thrown;
  }
}

/** The newest open one to this base. */
export function openTo(base: string, found: readonly ForgePullRequest[]): ForgePullRequest | undefined {
  return found.find((one) => one.state === 'open' && one.base === base);
}

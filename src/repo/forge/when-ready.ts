import type { ForgeFailure } from '../../model/forge.ts';
import { failureIn } from './forge-fault.ts';

const times = 5;
const pause = 2000;

/**
 * Does what a forge refuses for some seconds after a push, while it looks for conflicts: tries again for as long as it says that it is too early.
 * GitLab's issue 353984 and Gitea's "Please try again later" are about that.
 */
export async function whenReady(
  call: () => Promise<void>,
  isEarly: (failure: ForgeFailure) => boolean,
  wait: (milliseconds: number) => Promise<void>,
): Promise<void> {
  for (let time = 1; ; time++) {
    try {
      return await call();
    } catch (thrown) {
      const failure = failureIn(thrown);
      if (failure === undefined || !isEarly(failure) || time === times) throw thrown;
      await wait(pause);
    }
  }
}

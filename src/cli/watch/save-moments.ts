/** When to look at the inputs again. */
export interface SaveMoments {
  /** Something may have been saved. */
  readonly changed: () => void;
  /** There is nothing more to wait for. */
  readonly stop: () => void;
  /** Resolves when it has been quiet for a moment after a change, also after one that was told meanwhile; or when it was stopped. */
  readonly next: () => Promise<'saved' | 'stopped'>;
}

/**
 * A save is many events, and a checkout many saves: they count as one once none has come for `quiet` milliseconds, or `most` milliseconds
 * after the first, so that who never stops writing is not ignored.
 */
export function saveMoments(quiet: number, most: number): SaveMoments {
  let isDue = false;
  let isStopped = false;
  let wake = (): void => {};
  let last: NodeJS.Timeout | undefined;
  let first: NodeJS.Timeout | undefined;
  const clear = (): void => {
    clearTimeout(last);
    clearTimeout(first);
    first = undefined;
  };
  const due = (): void => {
    clear();
    isDue = true;
    wake();
  };
  return {
    changed() {
      if (isStopped) return;
      clearTimeout(last);
      last = setTimeout(due, quiet);
      first ??= setTimeout(due, most);
    },
    stop() {
      clear();
      isStopped = true;
      wake();
    },
    async next() {
      while (!isDue && !isStopped) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      isDue = false;
      return isStopped ? 'stopped' : 'saved';
    },
  };
}

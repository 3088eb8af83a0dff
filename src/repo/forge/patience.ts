import type { Patience } from './forge-fetch.ts';

/** How long a command waits for a forge, with the real clock and real chance: for the command's edge, never for tests. */
export function commandPatience(mask: (text: string) => string): Patience {
  return {
    timeout: 30_000,
    waiting: 120_000,
    attempts: 4,
    size: 16 << 20,
    now: Date.now,
    wait: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
    jitter: Math.random,
    mask,
  };
}

import type { Patience } from '../../../src/repo/forge/forge-fetch.ts';

/** Waits not at all, and remembers how long it would have waited. */
export function impatient(mask: (text: string) => string = (text) => text): Patience & { readonly waits: number[] } {
  const waits: number[] = [];
  return {
    waits,
    timeout: 5_000,
    waiting: 60_000,
    attempts: 3,
    size: 1 << 20,
    now: () => Date.UTC(2026, 10, 24, 12),
    wait: async (milliseconds) => void waits.push(milliseconds),
    jitter: () => 0,
    mask,
  };
}

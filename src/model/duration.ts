import type { Json } from './json.ts';

const seconds: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001 };

/** '1h30m' → 5400 seconds, in Go's and Istio's spelling with h, m, s and ms; undefined for what is no duration. */
export function durationSeconds(written: Json | undefined): number | undefined {
  if (typeof written !== 'string' || !/^(?:\d+(?:\.\d+)?(?:h|ms|m|s))+$/.test(written)) return undefined;
  const parts = [...written.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s)/g)];
  const sum = parts.reduce((total, [, number, unit = 's']) => total + Number(number) * (seconds[unit] ?? 0), 0);
  // Milliseconds are the finest unit, and sums of binary fractions are not.
  return Math.round(sum * 1000) / 1000;
}

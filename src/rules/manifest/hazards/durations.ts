import type { Json } from '../../../model/json.ts';

const units: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1, us: 0.001, µs: 0.001, ns: 0.000001 };

/** '1m30s' → 90000; undefined for what is no duration. */
export function milliseconds(duration: Json | undefined): number | undefined {
  if (typeof duration !== 'string' || !/^(?:\d*\.?\d+(?:h|ms|m|s|us|µs|ns))+$/.test(duration)) return undefined;
  return [...duration.matchAll(/(\d*\.?\d+)(h|ms|m|s|us|µs|ns)/g)].reduce(
    (sum, [, number, unit]) => sum + Number(number) * (units[unit ?? ''] ?? 0),
    0,
  );
}

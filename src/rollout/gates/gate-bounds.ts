import type { GateDefinition, GateSubject } from '../../model/rollout.ts';

/** Between which values a gate passes, both included; undefined where it has no such side. */
export interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

/** Bounds of a gate that is not about shares, tolerance added. */
export function boundsOf({ min, max, tolerance }: GateDefinition): Bounds {
  return { ...(min === undefined ? {} : { min: min - tolerance }), ...(max === undefined ? {} : { max: max + tolerance }) };
}

/**
 * What `percent` may look like in `samples` requests, in points. Envoy draws for each request, so the observed share is binomial: three
 * standard deviations, and one point for what is rounded and for proxies that learn of a change one after another.
 */
export function shareBounds({ percent, hasFixedTraffic }: GateSubject, samples: number, tolerance: number): Required<Bounds> {
  const spread = 3 * deviation(percent, samples) + 1 + tolerance;
  return { min: percent - spread, max: hasFixedTraffic ? Number.POSITIVE_INFINITY : percent + spread };
}

/** The standard deviation of a share, in points. */
export function deviation(percent: number, samples: number): number {
  const share = Math.min(100, Math.max(0, percent)) / 100;
  return 100 * Math.sqrt((share * (1 - share)) / samples);
}

/** Bounds are inclusive; what a sum of floating-point numbers is off by does not decide: 1 % of errors is measured as 0.9999999999999998. */
export function isBelow(value: number, min: number | undefined): boolean {
  return min !== undefined && value < min - slack(min);
}

export function isAbove(value: number, max: number | undefined): boolean {
  return max !== undefined && value > max + slack(max);
}

function slack(bound: number): number {
  return Number.isFinite(bound) ? 1e-9 * Math.max(1, Math.abs(bound)) : 0;
}

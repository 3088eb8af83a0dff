import type { GateMeasure, GateOutcome, GateReason, GateVerdict } from '../../model/rollout.ts';

/** A number for people: four significant digits, whole where it is large. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  return String(Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(4)));
}

/** The unit of a measure, with a space before it. */
export function gateUnit({ kind }: GateMeasure): string {
  return units[kind];
}

/** The unit of a difference of two: percentages differ by points. */
export function differenceUnit(measure: GateMeasure): string {
  return gateUnit(measure) === ' %' ? ' points' : gateUnit(measure);
}

const units: Readonly<Record<GateMeasure['kind'], string>> = {
  'success-rate': ' %',
  latency: ' ms',
  'request-volume': ' requests/s',
  'observed-share': ' %',
  query: '',
};

export function verdict(outcome: GateOutcome, reason: GateReason, detail: string): GateVerdict {
  return { outcome, reason, detail };
}

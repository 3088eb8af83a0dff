import type { GateDefinition, GateOutcome, GateReason, GateVerdict } from '../../model/rollout.ts';

/** A number for people: four significant digits, whole where it is large. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  return String(Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(4)));
}

/** The unit of a gate's value, with a space before it. */
export function gateUnit({ measure, compare }: GateDefinition): string {
  switch (measure.kind) {
    case 'success-rate':
      return compare === 'stable' ? ' points' : ' %';
    case 'latency':
      return ' ms';
    case 'request-volume':
      return ' requests/s';
    case 'observed-share':
      return ' %';
    case 'query':
      return '';
  }
}

export function verdict(outcome: GateOutcome, reason: GateReason, detail: string): GateVerdict {
  return { outcome, reason, detail };
}

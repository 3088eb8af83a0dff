import type { GateEvidence } from '../model/rollout.ts';
import { visibleText } from './visible-text.ts';

/** A recorded verdict, and whether it follows from what is recorded with it. */
export interface JudgedGate {
  readonly evidence?: GateEvidence;
  readonly holds: boolean;
  /** Why there is none to judge. */
  readonly fault?: string;
}

export function renderVerdictsText(commit: string, judged: readonly JudgedGate[]): string {
  const lines = judged.map(({ evidence, holds, fault }) => {
    if (evidence === undefined) return `  does NOT hold: ${fault ?? ''}`;
    const why = holds ? '' : `; this does NOT follow from ${fault === undefined ? 'what is recorded' : `the base branch: ${fault}`}`;
    return `  ${evidence.gate}: ${evidence.outcome}, ${evidence.detail}${why}`;
  });
  const none = judged.length === 0 ? ['  no gate was asked'] : [];
  return `${[`commit ${commit}`, ...lines, ...none].map(visibleText).join('\n')}\n`;
}

export function renderVerdictsJson(commit: string, judged: readonly JudgedGate[]): string {
  return `${JSON.stringify({ commit, gates: judged }, null, 2)}\n`;
}

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
  const lines = judged.map(({ evidence, holds, fault = '' }) =>
    evidence === undefined
      ? `  not readable: ${fault}`
      : `  ${evidence.gate}: ${evidence.outcome}, ${evidence.detail}${holds ? '' : '; this does NOT follow from what is recorded'}`,
  );
  const none = judged.length === 0 ? ['  no gate was asked'] : [];
  return `${[`commit ${commit}`, ...lines, ...none].map(visibleText).join('\n')}\n`;
}

export function renderVerdictsJson(commit: string, judged: readonly JudgedGate[]): string {
  return `${JSON.stringify({ commit, gates: judged }, null, 2)}\n`;
}

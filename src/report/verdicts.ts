import type { GateEvidence } from '../model/rollout.ts';
import { visibleJson, visibleText } from './visible-text.ts';

/** A recorded verdict, and whether it follows from what is recorded with it. */
export interface JudgedGate {
  readonly evidence?: GateEvidence;
  readonly holds: boolean;
  /** Why there is none to judge. */
  readonly fault?: string;
}

/** Of one commit: what its gates said, and what it does that it does not say. */
export interface Verdicts {
  readonly commit: string;
  readonly gates: readonly JudgedGate[];
  readonly faults: readonly string[];
}

export function renderVerdictsText({ commit, gates: judged, faults }: Verdicts): string {
  const lines = judged.map(({ evidence, holds, fault }) => {
    if (evidence === undefined) return `  does NOT hold: ${fault ?? ''}`;
    const why = holds ? '' : `; this does NOT follow from ${fault === undefined ? 'what is recorded' : `the base branch: ${fault}`}`;
    return `  ${evidence.gate}: ${evidence.outcome}, ${evidence.detail}${why}`;
  });
  const none = judged.length === 0 ? ['  no gate was asked'] : [];
  const strange = faults.map((fault) => `  is NOT what it says: ${fault}`);
  return `${[`commit ${commit}`, ...lines, ...none, ...strange].map(visibleText).join('\n')}\n`;
}

export function renderVerdictsJson({ commit, gates, faults }: Verdicts): string {
  return `${visibleJson({ version: 1, commit, gates, faults })}\n`;
}

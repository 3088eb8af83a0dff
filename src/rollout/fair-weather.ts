import type { GateEvidence, RolloutBlockKind } from '../model/rollout.ts';
import type { RolloutSituation } from './situation.ts';

/** Every gate passes. */
export function calm(situation: RolloutSituation): RolloutSituation {
  const { state, gates, now } = situation;
  const evidence = state.members.flatMap(({ service, stable, canary }) =>
    [...gates.values()].map((definition): { readonly service: string; readonly evidence: GateEvidence } => ({
      service,
      evidence: {
        gate: definition.name,
        outcome: 'pass',
        reason: 'within-bounds',
        detail: 'taken to pass',
        queries: [],
        at: now,
        definition,
        subject: {
          environment: state.environment,
          service,
          host: service,
          namespace: '',
          stable: { version: stable },
          canary: { version: canary?.version ?? stable },
          percent: canary?.percent ?? 0,
          hasFixedTraffic: false,
        },
      },
    })),
  );
  return { ...situation, evidence };
}

const told: readonly RolloutBlockKind[] = ['max-shift', 'limit', 'upstream', 'not-ready', 'hold'];

/** Whether a block is told with a step to come, instead of ending the look ahead. */
export function isToldApart(kind: RolloutBlockKind): boolean {
  return told.includes(kind);
}

/** A situation without what is told apart. */
export function unlimited(situation: RolloutSituation): RolloutSituation {
  const { hold: _, ...plan } = situation.state.plan;
  const { maxShift: __, maxActiveRollouts: ___, ...guardrails } = situation.guardrails;
  const surroundings = { ...situation.surroundings, upstream: [], unready: new Map<string, string>() };
  return { ...situation, state: { ...situation.state, plan }, guardrails, surroundings };
}

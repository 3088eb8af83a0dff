import type { RolloutPlan, RolloutState } from '../model/rollout.ts';
import type { SiteRollout, SiteStep } from '../model/site.ts';

/** The rollout of a service as the page shows it: nothing that only a clock or a server could tell. `step` is where it stands, -1 = before the first. */
export function siteRollout(state: RolloutState, service: string, step: number, isBegun: boolean): SiteRollout {
  const { plan, subject, isTrain, queued, hasNext, mergedAt, mergedIn } = state;
  const member = state.members.find((one) => one.service === service) ?? state.members[0];
  const version = member?.canary?.version ?? member?.coming ?? member?.target;
  const phase = state.isReturning ? 'returning' : isBegun ? 'moving' : member?.previous === undefined ? 'idle' : 'arrived';
  return {
    subject,
    isTrain,
    phase,
    stable: member?.stable ?? '',
    ...(version === undefined || phase === 'idle' ? {} : { version }),
    ...(member?.canary === undefined ? {} : { percent: member.canary.percent }),
    ...(queued === undefined ? {} : { queued }),
    ...(plan.hold === undefined ? {} : { hold: plan.hold.reason ?? '' }),
    hasNext,
    ...(member?.previous === undefined ? {} : { previous: member.previous }),
    ...(mergedAt === undefined ? {} : { since: mergedAt }),
    ...(mergedIn === undefined || mergedIn === '' ? {} : { commit: mergedIn }),
    steps: stepsOf(plan, phase === 'arrived' ? plan.steps.length : phase === 'idle' ? -1 : step),
  };
}

/** A plan that nothing follows yet. */
export function idleRollout(plan: RolloutPlan, service: string, stable: string): SiteRollout {
  return {
    subject: service,
    isTrain: false,
    phase: 'idle',
    stable,
    ...(plan.hold === undefined ? {} : { hold: plan.hold.reason ?? '' }),
    hasNext: false,
    steps: stepsOf(plan, -1),
  };
}

function stepsOf({ steps }: RolloutPlan, at: number): readonly SiteStep[] {
  return steps.map(({ percent, mirror, soak, gates, approve }, i) => ({
    percent,
    ...(mirror === undefined ? {} : { mirror }),
    soak,
    gates,
    approve,
    state: i < at ? 'done' : i === at ? 'now' : 'to come',
  }));
}

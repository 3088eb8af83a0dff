import type { Intent } from '../model/intent.ts';
import type { FreezeWindow, RolloutMember, RolloutPlan, RolloutState } from '../model/rollout.ts';
import type { SiteMember, SiteRollout, SiteStep } from '../model/site.ts';

/**
 * A rollout as the page of a service that takes part in it shows it, or that of its train: nothing that only a clock or a server could tell.
 * `steps` are where the members stand, in their order, -1 = before the first.
 */
export function siteRollout(
  state: RolloutState,
  { kind, name }: Intent,
  steps: readonly number[],
  isBegun: boolean,
  freezes: readonly FreezeWindow[],
): SiteRollout {
  const { plan, subject, isTrain, queued, hasNext, mergedAt, mergedIn, members } = state;
  const own = members.findIndex(({ service }) => service === name);
  const at = kind === 'train' || own === -1 ? steps.indexOf(Math.min(...steps)) : own;
  const member = members[at];
  const phase = state.isReturning ? 'returning' : isBegun ? 'moving' : member?.previous === undefined ? 'idle' : 'arrived';
  const version = member === undefined ? undefined : newVersionOf(member);
  return {
    subject,
    isTrain,
    ...(kind === 'train' ? { members: members.map(memberOf) } : {}),
    isListed: true,
    phase,
    // Nothing keeps the way back from being gone.
    freezes: phase === 'returning' ? [] : freezes.map(({ for: length, ...window }) => ({ ...window, length })),
    stable: member?.stable ?? '',
    ...(version === undefined || phase === 'idle' ? {} : { version }),
    ...(member?.canary === undefined ? {} : { percent: member.canary.percent }),
    ...(queued === undefined ? {} : { queued }),
    ...(plan.hold === undefined ? {} : { hold: plan.hold.reason ?? '' }),
    hasNext,
    ...(member?.previous === undefined ? {} : { previous: member.previous }),
    ...(mergedAt === undefined ? {} : { since: mergedAt }),
    ...(mergedIn === undefined || mergedIn === '' ? {} : { commit: mergedIn }),
    steps: stepsOf(plan, phase === 'arrived' ? plan.steps.length : phase === 'idle' ? -1 : (steps[at] ?? -1)),
  };
}

function memberOf(member: RolloutMember): SiteMember {
  const { service, stable, canary } = member;
  const version = newVersionOf(member);
  return {
    service,
    stable,
    ...(version === undefined ? {} : { version }),
    ...(canary === undefined ? {} : { percent: canary.percent }),
  };
}

function newVersionOf({ canary, coming, target }: RolloutMember): string | undefined {
  return canary?.version ?? coming ?? target;
}

/** A plan that nothing follows yet. */
export function idleRollout(plan: RolloutPlan, service: string, stable: string): SiteRollout {
  return {
    subject: service,
    isTrain: false,
    isListed: false,
    phase: 'idle',
    freezes: [],
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

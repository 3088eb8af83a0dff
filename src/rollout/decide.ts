import type { RolloutBlock, RolloutMember, RolloutMove, RolloutState, RolloutStep } from '../model/rollout.ts';
import { evidenceOf, gatesFor, liveBlocks, shiftBlocks, standingBlocks, startBlocks, stepBlocks } from './blocks.ts';
import type { RolloutSituation } from './situation.ts';
import { backFrom, isActive, isBegun, movingMembers, stepOf, turnOf } from './steps.ts';

/**
 * What happens next to a rollout. A function of the situation alone: asked twice, late, or by two at once, it says the same. It only ever
 * goes one step further than the base branch is, and the base branch is where the step stands that was merged; so nothing is skipped
 * when runs are, and what has been proposed and not merged is decided anew.
 */
export function decide(situation: RolloutSituation): RolloutMove {
  const { state } = situation;
  if (isActive(state)) return decideActive(situation);
  if (state.hasNext) return isBegun(state) ? decideComing(situation) : decidePhase(situation);
  return decideRetire(situation) ?? decideQueued(situation);
}

function decideActive(situation: RolloutSituation): RolloutMove {
  const { state } = situation;
  const { plan } = state;
  if (state.isReturning) return rollback(state, 'on the way back');
  const { proposedRollback } = situation.surroundings;
  if (proposedRollback !== undefined) return rollback(state, proposedRollback);
  const failure = failureOf(situation);
  if (failure !== undefined && plan.onFailure === 'rollback') return rollback(state, failure);
  // Where inputs have errors nothing can be said in them, and nothing moves forward anyway.
  if (failure !== undefined && plan.hold === undefined && situation.surroundings.errors === undefined)
    return { kind: 'hold', reason: failure };
  if (state.hasNext) return decidePhase(situation);
  return decideMeanwhile(situation) ?? decideStep(situation);
}

/** Made ready for its first share, and not there yet. */
function decideComing(situation: RolloutSituation): RolloutMove {
  const { proposedRollback } = situation.surroundings;
  if (proposedRollback !== undefined) return rollback(situation.state, proposedRollback);
  return decideMeanwhile(situation) ?? decidePhase(situation);
}

/** What becomes of a rollout for which another version does not wait. */
function decideMeanwhile(situation: RolloutSituation): RolloutMove | undefined {
  const { queued, plan } = situation.state;
  if (queued === undefined || plan.newVersion === 'queue') return undefined;
  if (plan.newVersion === 'replace') return decideReplacement(situation, queued);
  return waitOr([{ kind: 'approval', reason: `${queued} has been asked for meanwhile: finish this one, or abort it` }]);
}

function decideStep(situation: RolloutSituation): RolloutMove {
  const { state } = situation;
  const { steps } = state.plan;
  const { member, step, isAligned } = turnOf(state);
  const current = steps[step];
  const next = steps[step + 1];
  // A member that follows others to a step has nothing of its own to soak: they did, and all will.
  const blocks = [
    ...standingBlocks(situation),
    ...(isAligned && current !== undefined ? stepBlocks(situation, current) : liveBlocks(state)),
  ];
  if (next === undefined || member === undefined) return decideFinish(situation, blocks);
  const from = member.canary?.percent ?? 0;
  const version = member.target ?? member.canary?.version ?? '';
  return waitOr([...blocks, ...shiftBlocks(situation, { service: member.service, version, from, to: next.percent })], {
    kind: 'forward',
    service: member.service,
    step: step + 1,
    reason: isAligned ? forwardReason(current) : `the others are at ${next.percent} % already`,
  });
}

function forwardReason(step: RolloutStep | undefined): string {
  if (step === undefined) return 'nothing has begun yet';
  return step.gates.length === 0 ? 'it has soaked' : `it has soaked, and ${step.gates.join(', ')} passed`;
}

function decideFinish(situation: RolloutSituation, blocks: readonly RolloutBlock[]): RolloutMove {
  const { state } = situation;
  const moving = movingMembers(state);
  const least = Math.min(...moving.map(({ canary }) => canary?.percent ?? 0));
  if (least < 100)
    return waitOr([...blocks, { kind: 'approval', reason: `the plan ends at ${least} %: finish it, or roll back, when it is time` }]);
  // What was stable two versions ago goes first: there is one `previous`.
  const older = moving.filter(({ previous, stable }) => previous !== undefined && previous !== stable);
  if (state.plan.retireAfter !== undefined && older.length > 0 && freeToRetire(situation, older))
    return waitOr([...blocks, ...retireBlocks(situation, older)], {
      kind: 'retire',
      reason: `${listed(older, 'previous')} has been out of use long enough, and leaves before what replaced it`,
    });
  return waitOr(blocks, { kind: 'finish', reason: 'all requests go to the new version' });
}

function freeToRetire({ surroundings }: RolloutSituation, members: readonly RolloutMember[]): boolean {
  return members.every(({ service }) => (surroundings.inUse.get(service) ?? []).length === 0);
}

/** What keeps a person from finishing it now, wherever it is: all but the steps that are left. */
export function finishBlocks(situation: RolloutSituation): readonly RolloutBlock[] {
  const shifts = movingMembers(situation.state).flatMap(({ service, canary }) =>
    canary === undefined ? [] : shiftBlocks(situation, { service, version: canary.version, from: canary.percent, to: 100 }),
  );
  return [...standingBlocks(situation), ...shifts];
}

function listed(members: readonly RolloutMember[], word: 'previous' | 'stable'): string {
  return members.map((member) => `${member.service} ${member[word] ?? ''}`).join(', ');
}

function decidePhase(situation: RolloutSituation): RolloutMove {
  return waitOr([...standingBlocks(situation), ...liveBlocks(situation.state)], {
    kind: 'phase',
    reason: 'the phase before is live',
  });
}

/** What is on its way makes room: nothing failed, so it is held up by what holds up a step. The other begins as one that was queued does. */
function decideReplacement(situation: RolloutSituation, version: string): RolloutMove {
  const { state } = situation;
  return waitOr([...standingBlocks(situation), ...liveBlocks(state)], { kind: 'rollback', to: 0, reason: `${version} replaces it` });
}

/** Asked for while another version was on its way, which has ended. */
function decideQueued(situation: RolloutSituation): RolloutMove {
  const { state } = situation;
  const [member] = state.members;
  if (state.queued === undefined || member === undefined) return { kind: 'done', reason: 'nothing is on the way' };
  return decideStart(situation, member, state.queued, 'it is its turn');
}

/** The first step of a version: also what `rollout start` asks. */
export function decideStart(situation: RolloutSituation, { service }: RolloutMember, version: string, reason: string): RolloutMove {
  const to = situation.state.plan.steps[0]?.percent ?? 0;
  const blocks = [...standingBlocks(situation), ...startBlocks(situation), ...shiftBlocks(situation, { service, version, from: 0, to })];
  return waitOr(blocks, { kind: 'start', service, version, step: 0, reason });
}

/** The old version leaves once it has been out of use for long enough. */
function decideRetire(situation: RolloutSituation): RolloutMove | undefined {
  const { state, surroundings } = situation;
  const { retireAfter } = state.plan;
  const retiring = state.members.filter(({ previous }) => previous !== undefined);
  if (retireAfter === undefined || retiring.length === 0) return undefined;
  const blocks: RolloutBlock[] = [...standingBlocks(situation), ...liveBlocks(state)];
  const early = retireBlocks(situation, retiring);
  // What waits to begin does not wait for an old version to leave: its finish does.
  if (early.length > 0) return state.queued === undefined ? waitOr([...blocks, ...early]) : undefined;
  for (const { service, previous } of retiring) {
    const users = surroundings.inUse.get(service) ?? [];
    if (users.length > 0) blocks.push({ kind: 'in-use', reason: `${previous ?? ''} is still routed to by ${users.join(', ')}` });
  }
  if (blocks.length > 0 && state.queued !== undefined) return undefined;
  return waitOr(blocks, { kind: 'retire', reason: `${listed(retiring, 'previous')} has been out of use long enough` });
}

/** How long after their finish old versions are still kept, whatever else is on its way. */
function retireBlocks({ state, now }: RolloutSituation, retiring: readonly RolloutMember[]): readonly RolloutBlock[] {
  const { retireAfter = 0 } = state.plan;
  const since = state.finishedAt ?? state.mergedAt;
  if (since !== undefined && since + retireAfter <= now) return [];
  const timed = since === undefined ? {} : { until: since + retireAfter };
  return [{ kind: 'soak', reason: `${listed(retiring, 'previous')} stays ready for a rollback`, ...timed }];
}

/** Why a rollout can't go on: what a gate says no to, now. A hold does not hide it, nor does a soak. */
function failureOf(situation: RolloutSituation): string | undefined {
  const { state, gates } = situation;
  const several = state.members.length > 1;
  for (const member of movingMembers(state)) {
    const step = state.plan.steps[Math.max(0, stepOf(state.plan, member.canary))];
    const { live } = state.plan;
    for (const name of step === undefined ? [] : [...gatesFor(member, step), ...(live.kind === 'gate' ? [live.gate] : [])]) {
      const definition = gates.get(name);
      const seen = definition === undefined ? undefined : evidenceOf(situation, member.service, definition);
      if (seen?.outcome === 'fail') return `gate ${name}${several ? ` of ${member.service}` : ''} failed: ${seen.detail}`;
    }
  }
  return undefined;
}

/**
 * The way back, which nothing keeps from being gone: no freeze, soak, hold, limit or upstream. To the next share of the way back where the
 * plan has one, else to what is stable; after the finish to what was stable before. Undefined where there is nothing to go back from.
 */
export function rollbackOf(state: RolloutState, reason: string, at: 'once' | 'by-plan' = 'by-plan'): RolloutMove | undefined {
  if (isBegun(state)) return at === 'once' ? { kind: 'rollback', to: 0, reason } : rollback(state, reason);
  return state.members.some(({ previous }) => previous !== undefined) ? { kind: 'rollback', to: 'previous', reason } : undefined;
}

function rollback(state: RolloutState, reason: string): RolloutMove {
  const most = Math.max(0, ...movingMembers(state).map(({ canary }) => canary?.percent ?? 0));
  return { kind: 'rollback', to: backFrom(state.plan, most), reason };
}

function waitOr(blocks: readonly RolloutBlock[], move?: RolloutMove): RolloutMove {
  return blocks.length === 0 && move !== undefined ? move : { kind: 'wait', blocks };
}

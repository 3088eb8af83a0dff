import { listWords } from '../model/names.ts';
import type { RolloutState, RolloutStep } from '../model/rollout.ts';
import { lengthWords } from './blocks.ts';
import { backFrom, isActive, isBegun, movingMembers, turnOf } from './steps.ts';
import { stepWords } from './story-steps.ts';

/**
 * What comes after a state once it is merged, in a sentence; undefined where nothing does. Times are counted from when it is live, and no date is said: a pull
 * request reads the same whenever it is looked at. `hasFreezes`: there are times in which nothing goes on.
 */
export function whatFollows(state: RolloutState, hasFreezes: boolean): string | undefined {
  const { plan, members, queued } = state;
  if (plan.hold !== undefined && isBegun(state)) return 'nothing, until `rollout resume`: it is held';
  if (isActive(state)) return afterShare(state) + (hasFreezes && !state.isReturning ? '; not in a freeze' : '');
  const retiring = members.flatMap(({ previous }) => (previous === undefined ? [] : [previous]));
  if (queued !== undefined) return `${queued} begins`;
  if (retiring.length === 0) return undefined;
  const old = listWords([...new Set(retiring)]);
  if (plan.retireAfter === undefined) return `nothing: ${old} stays ready for a rollback, because the plan has no \`retire\``;
  return `${old} leaves \`versions\` ${lengthWords(plan.retireAfter)} after it is merged, once nothing routes to it`;
}

function afterShare(state: RolloutState): string {
  const { plan } = state;
  const shares = movingMembers(state).map(({ canary }) => canary?.percent ?? 0);
  if (state.isReturning) {
    const share = backFrom(plan, Math.max(0, ...shares));
    return share === 0 ? 'back to what is stable' : `back to ${share} %`;
  }
  const { member, step, isAligned } = turnOf(state);
  const next = plan.steps[step + 1];
  if (!isAligned && next !== undefined && member !== undefined) return `${member.service} gets ${stepWords(next)} too, once it is live`;
  if (next !== undefined) return `${stepWords(next)} ${conditions(plan.steps[step])}${next.approve ? '; that waits for a person' : ''}`;
  if (Math.min(...shares) < 100) return 'nothing by itself: the plan ends here, so finish it or roll back when it is time';
  return `the finish ${conditions(plan.steps[step])}: nobody moves, and what is new is stable`;
}

function conditions(step: RolloutStep | undefined): string {
  const { soak = 0, gates = [] } = step ?? {};
  const lived = soak > 0 ? `once it has been live for ${lengthWords(soak)}` : 'once it is live';
  return gates.length === 0 ? lived : `${lived} and ${listWords(gates)} ${gates.length === 1 ? 'passes' : 'pass'}`;
}

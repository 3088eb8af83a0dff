import type { RolloutMove, RolloutState, Seconds } from '../model/rollout.ts';
import { displayWidth } from './display-width.ts';
import { visibleText } from './visible-text.ts';

/** A rollout as `status` tells it. */
export interface ToldRollout {
  readonly state: RolloutState;
  readonly move: RolloutMove;
  /** Since when what it says can't be known from the history that there is. */
  readonly isUndated: boolean;
  /** Its pull request, where one is open. */
  readonly pullRequest?: string;
  readonly pullRequestUrl?: string;
}

/** Every rollout: where it is, since when, what comes next and what that waits for. */
export function renderRolloutsText(rollouts: readonly ToldRollout[], now: Seconds): string {
  if (rollouts.length === 0) return 'no rollout is on the way\n';
  const rows = [['environment', 'rollout', 'version', 'share', 'since', 'next'], ...rollouts.map((one) => rowOf(one, now))];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => displayWidth(row[column] ?? '')))) ?? [];
  const lines = rows.map((row) =>
    row
      .map((cell, column) => padded(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const waiting = rollouts.flatMap(waitLines);
  return `${[...lines, ...(waiting.length === 0 ? [] : ['', ...waiting])].join('\n')}\n`;
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

function rowOf({ state, move, pullRequest }: ToldRollout, now: Seconds): readonly string[] {
  return [
    state.environment,
    `${state.isTrain ? 'train ' : ''}${state.subject}`,
    versionWords(state),
    shareWords(state),
    state.mergedAt === undefined ? 'not known' : agoWords(now - state.mergedAt),
    `${nextWords(state, move)}${pullRequest === undefined ? '' : ` (${pullRequest})`}`,
  ].map(visibleText);
}

/** 'v1 → v2' */
export function versionWords({ members, queued }: RolloutState): string {
  const versions = members.map(({ stable, canary, coming, target }) => {
    const moving = canary?.version ?? coming;
    return moving === undefined ? (target ?? stable) : `${stable} → ${moving}`;
  });
  return [...new Set(versions)].join(', ') + (queued === undefined ? '' : `, then ${queued}`);
}

/** '10 %' */
export function shareWords({ members }: RolloutState): string {
  const shares = members.map(({ canary }) =>
    canary === undefined ? '–' : `${canary.percent} %${canary.mirror > 0 ? ` and a copy of ${canary.mirror} %` : ''}`,
  );
  return [...new Set(shares)].join(', ');
}

/** What a move comes to, in a few words. */
export function nextWords({ plan }: RolloutState, move: RolloutMove): string {
  switch (move.kind) {
    case 'start':
    case 'forward':
      return `${move.kind === 'start' ? `begins ${move.version}` : move.service} at ${plan.steps[move.step]?.percent ?? 0} %`;
    case 'rollback':
      return typeof move.to === 'number' && move.to > 0 ? `back to ${move.to} %` : 'goes back';
    case 'wait':
      return `waits${untilWords(move)}`;
    case 'phase':
      return 'the next phase';
    case 'finish':
      return 'finishes';
    case 'retire':
      return 'the old version leaves';
    case 'hold':
      return 'is held';
    case 'done':
      return 'nothing';
  }
}

function untilWords(move: Extract<RolloutMove, { kind: 'wait' }>): string {
  const times = move.blocks.flatMap(({ until }) => (until === undefined ? [] : [until]));
  return times.length < move.blocks.length || times.length === 0 ? '' : ` until ${timeWords(Math.max(...times))}`;
}

function waitLines({ state, move, isUndated }: ToldRollout): readonly string[] {
  const blocks = move.kind === 'wait' ? move.blocks : [];
  const reasons = blocks.map(({ reason, until }) => `${reason}${until === undefined ? '' : ` (until ${timeWords(until)})`}`);
  const undated = isUndated ? ['its history is not all here: fetch it with `git fetch --unshallow`'] : [];
  return [...reasons, ...undated, ...(blocks.length === 0 && 'reason' in move ? [`${nextWords(state, move)}: ${move.reason}`] : [])].map(
    (line) => visibleText(`${state.environment}/${state.subject}: ${line}`),
  );
}

/** '2026-11-24 16:00 UTC' */
export function timeWords(time: Seconds): string {
  return `${new Date(time * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function agoWords(seconds: Seconds): string {
  const minutes = Math.max(0, Math.floor(seconds / 60));
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60)];
  if (days > 0) return `${days}d ${hours}h`;
  return hours > 0 ? `${hours}h ${minutes % 60}m` : `${minutes}m`;
}

/** The page of what a rollout that is only played does next, and when: as soon as what passes by itself has passed. */
import type { LoadedEnvironment } from '../../model/environment.ts';
import type { RolloutBlock, RolloutMove, RolloutState, Seconds } from '../../model/rollout.ts';
import type { FileTree } from '../../model/source.ts';
import { decide, decideStart } from '../../rollout/decide.ts';
import { calm, isToldApart, unlimited } from '../../rollout/fair-weather.ts';
import { readinessFault } from '../../rollout/readiness.ts';
import type { RolloutSituation } from '../../rollout/situation.ts';
import type { StickyId } from '../../rollout/words-after.ts';
import type { RolloutEntry } from './rollout-moves.ts';
import { situationOf } from './rollout-situation.ts';
import { type Histories, rolloutsOf } from './rollouts.ts';

export interface ForecastRequest {
  /** Settings, environments and templates as the base branch has them. */
  readonly tree: FileTree;
  readonly environment: string;
  readonly subject: string;
  /** What shall begin; absent where it is on its way already. */
  readonly version?: string;
  /** What is rendered now, texts without their mark. */
  readonly rendered: FileTree;
  readonly now: Seconds;
  /** Since when its intents say what they say, where it is on its way. */
  readonly histories?: Histories;
  readonly stickyId: StickyId;
  readonly folder?: string;
  readonly today?: string;
}

/** Where it has come to. */
export interface Here {
  readonly tree: FileTree;
  readonly rendered: FileTree;
  readonly at: Seconds;
  readonly histories: Histories;
}

export interface NextMove {
  readonly move: RolloutMove;
  readonly at: Seconds;
  readonly blocks: readonly RolloutBlock[];
}

/** More times than this to wait for have no end. */
const mostWaits = 200;

/** The next move, at the first time at which only what does not pass by itself is in its way. */
export function nextMove(
  request: ForecastRequest,
  { at }: Here,
  loaded: LoadedEnvironment,
  entry: RolloutEntry,
  isFirst: boolean,
): NextMove {
  let time = at;
  for (let i = 0; i < mostWaits; i += 1) {
    const seen = situationOf(loaded, entry, rolloutsOf(loaded), { now: time, liveSince: entry.state.mergedAt ?? at });
    const situation = calm(isFirst ? askedFor(request, loaded, seen) : seen);
    const move = beginning(request, situation, entry.state, isFirst);
    if (move.kind !== 'wait') return { move, at: time, blocks: [] };
    const times = move.blocks.flatMap(({ until }) => (until === undefined ? [] : [until]));
    const lasting = move.blocks.filter(({ until }) => until === undefined);
    if (times.length === 0) return withoutLimits(request, situation, entry.state, isFirst, { move, at: time, blocks: lasting });
    time = Math.max(time, ...times);
  }
  return { move: { kind: 'wait', blocks: [] }, at: time, blocks: [] };
}

/** With whether the version that shall begin is known to have pods, as `rollout start` asks. */
function askedFor({ version }: ForecastRequest, { intents, registry }: LoadedEnvironment, situation: RolloutSituation): RolloutSituation {
  const { state, surroundings } = situation;
  const [member] = state.members;
  if (version === undefined || member === undefined || state.plan.readiness.kind === 'assumed') return situation;
  const fault = readinessFault(intents, registry, member.service, version);
  return fault === undefined
    ? situation
    : { ...situation, surroundings: { ...surroundings, unready: new Map([...surroundings.unready, [member.service, fault]]) } };
}

/** What is told with a step is not in the way of looking at it, and at those behind it. */
function withoutLimits(
  request: ForecastRequest,
  situation: RolloutSituation,
  state: RolloutState,
  isFirst: boolean,
  waiting: NextMove,
): NextMove {
  if (!waiting.blocks.every(({ kind }) => isToldApart(kind))) return waiting;
  const move = beginning(request, unlimited(situation), state, isFirst);
  return move.kind === 'wait' ? waiting : { ...waiting, move };
}

function beginning({ version }: ForecastRequest, situation: RolloutSituation, { members }: RolloutState, isFirst: boolean): RolloutMove {
  const [member] = members;
  if (!isFirst || version === undefined || member === undefined) return decide(situation);
  return decideStart(situation, member, version, 'asked for');
}

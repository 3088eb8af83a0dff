import type { LoadedEnvironment } from '../../model/environment.ts';
import { objectOr } from '../../model/json.ts';
import type { PullRequestDraft } from '../../model/pull-request.ts';
import type { StoryStep } from '../../model/pull-request-story.ts';
import { type Result, success } from '../../model/result.ts';
import type { GateEvidence, RolloutMove, RolloutState, RolloutStep } from '../../model/rollout.ts';
import { changeOfMove, type MadeMove } from '../../rollout-change.ts';
import { printEvidence } from '../../rollout-gates.ts';
import type { RolloutEntry } from '../../rollout-moves.ts';
import { lengthWords, type RolloutSituation, stepAt } from '../../rollouts.ts';
import type { ProposeFlags } from '../arguments/propose.ts';
import { draftsOf, type RolloutTelling } from '../propose/drafts.ts';
import { type BaseRollouts, unmarked } from './base-rollouts.ts';
import { stickyIdAt } from './sticky-id.ts';

export interface MoveToPropose {
  readonly base: BaseRollouts;
  readonly loaded: LoadedEnvironment;
  readonly entry: RolloutEntry;
  readonly situation: RolloutSituation;
  readonly move: RolloutMove;
  readonly flags: ProposeFlags;
  readonly tool: string;
  readonly today: string;
}

/** A move as a pull request; or what keeps it from being one. */
export async function draftOfMove(request: MoveToPropose): Promise<Result<{ readonly draft?: PullRequestDraft; readonly made: MadeMove }>> {
  const { base, loaded, entry, move, flags, tool, today } = request;
  const rendered = await base.rendered();
  if (rendered.value === undefined) return rendered;
  const files = rendered.value;
  const made = changeOfMove({
    tree: base.tree,
    loaded,
    entry,
    move,
    prefix: base.session.repository.prefix,
    rendered: (environment) => unmarked(files(environment)),
    stickyId: stickyIdAt(base.commit),
    today,
    parsed: base.parsed,
    compileTree: base.compileTree,
  });
  if (made.change === undefined) return success({ made });
  const stands = { folder: base.settings.rendered, isElsewhere: base.settings.output !== undefined, environments: [] };
  const sources = {
    stands,
    session: base.session,
    settings: base.settings,
    flags,
    commit: base.commit,
    base: base.tree,
    rendered: files,
    tool,
  };
  const drafts = draftsOf([made.change], { ...sources, rollout: tellingOf(request) });
  if (drafts.value === undefined) return drafts;
  const [draft] = drafts.value;
  return success({ made, ...(draft === undefined ? {} : { draft }) });
}

function tellingOf({ entry, situation, move }: MoveToPropose): RolloutTelling {
  const { state } = entry;
  const asked = situation.evidence.map(({ evidence }) => evidence);
  const evidence = move.kind === 'forward' || move.kind === 'finish' || move.kind === 'rollback' || move.kind === 'hold' ? asked : [];
  const name = `${state.subject} --env ${state.environment}`;
  return {
    steps: storySteps(entry, move),
    ...(evidence.length === 0 ? {} : { gates: evidence }),
    commands: {
      ...(move.kind === 'rollback' ? {} : { hold: `mainsheet rollout hold ${name}`, rollback: `mainsheet rollout rollback ${name}` }),
    },
    recorded: evidence.map(printEvidence),
    isCleared: isCleared(state, move, evidence),
    // That it was merged says nothing of whether it is applied.
    isLive: state.plan.live.kind !== 'merge' && situation.state.liveSince !== undefined,
    reason: 'reason' in move ? move.reason : '',
  };
}

/** A way back, and a step whose gates passed and that waits for no person. */
function isCleared(state: RolloutState, move: RolloutMove, evidence: readonly GateEvidence[]): boolean {
  if (move.kind === 'rollback') return true;
  if (move.kind !== 'forward') return false;
  const next = state.plan.steps[move.step];
  return next?.approve === false && evidence.length > 0 && evidence.every(({ outcome }) => outcome === 'pass');
}

function storySteps(entry: RolloutEntry, move: RolloutMove): readonly StoryStep[] {
  const { steps } = entry.state.plan;
  const now = stepOfMove(entry, move);
  return steps.map((step, i) => ({ name: stepWords(step), state: i < now ? 'done' : i === now ? 'now' : 'to-come', note: noteOf(step) }));
}

/** Which step it brings; a phase, the one that the phases come to. */
function stepOfMove({ state, intents }: RolloutEntry, move: RolloutMove): number {
  const { steps } = state.plan;
  if (move.kind === 'start' || move.kind === 'forward') return move.step;
  if (move.kind === 'finish' || move.kind === 'retire') return steps.length;
  const coming = intents.map(({ value }) => objectOr(objectOr(value.next).canary).percent).find((percent) => percent !== undefined);
  const brought = move.kind === 'phase' ? steps.findLastIndex(({ percent }) => percent === coming) : -1;
  return brought === -1 ? stepAt(state) : brought;
}

function stepWords({ percent, mirror }: RolloutStep): string {
  return percent === 0 && mirror !== undefined ? `a copy of ${mirror} %` : `${percent} %`;
}

function noteOf({ soak, gates, approve }: RolloutStep): string {
  return [
    ...(soak > 0 ? [`soak ${lengthWords(soak)}`] : []),
    ...(gates.length > 0 ? [`gates ${gates.join(', ')}`] : []),
    ...(approve ? ['waits for a person'] : []),
  ].join(', ');
}

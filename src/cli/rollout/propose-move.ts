import type { LoadedEnvironment } from '../../model/environment.ts';
import { objectOr } from '../../model/json.ts';
import type { PullRequestDraft } from '../../model/pull-request.ts';
import type { StoryStep } from '../../model/pull-request-story.ts';
import { type Result, success } from '../../model/result.ts';
import type { GateEvidence, RolloutMove, RolloutState } from '../../model/rollout.ts';
import type { FileTree } from '../../model/source.ts';
import { recordedChange } from '../../pipelines/rollouts/recorded-change.ts';
import { changeOfMove, type MadeMove, type MoveRequest } from '../../pipelines/rollouts/rollout-change.ts';
import type { RolloutEntry } from '../../pipelines/rollouts/rollout-moves.ts';
import type { RolloutSituation } from '../../pipelines/rollouts/rollout-situation.ts';
import { storySteps } from '../../pipelines/rollouts/rollout-story.ts';
import { printEvidence } from '../../pipelines/rollouts/rollout-verdicts.ts';
import { isBegun, stepAt } from '../../pipelines/rollouts/rollouts.ts';
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
  /** Of a way back: texts of its own intents that it goes back from, where those of the base branch can't be compiled. */
  readonly restored?: FileTree;
  /** What was rendered, without marks, when no canary had a share: for a way back that can't be compiled. */
  readonly recorded?: () => Promise<FileTree | undefined>;
}

/** A move as a pull request; or what keeps it from being one. */
export async function draftOfMove(request: MoveToPropose): Promise<Result<{ readonly draft?: PullRequestDraft; readonly made: MadeMove }>> {
  const { base, loaded, entry, move, flags, tool, today, restored = new Map() } = request;
  const rendered = await base.rendered();
  if (rendered.value === undefined) return rendered;
  const files = rendered.value;
  const asked: MoveRequest = {
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
  };
  const compiled = changeOfMove(asked);
  const recorded = compiled.change === undefined && compiled.refused.length === 0 ? await request.recorded?.() : undefined;
  const change = recorded === undefined ? undefined : recordedChange(asked, recorded);
  const made: MadeMove = change === undefined ? compiled : { ...compiled, change };
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
  const drafts = draftsOf([made.change], { ...sources, rollout: tellingOf(request), restored });
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
    steps: stepsAfter(entry, move),
    ...(evidence.length === 0 ? {} : { gates: evidence }),
    commands: {
      ...(move.kind === 'rollback' ? {} : { hold: `mainsheet rollout hold ${name}` }),
      ...(canGoBack(state, move) ? { rollback: `mainsheet rollout rollback ${name}` } : {}),
    },
    recorded: evidence.map(printEvidence),
    isCleared: isCleared(state, move, evidence),
    // That it was merged says nothing of whether it is applied.
    isLive: state.plan.live.kind !== 'merge' && situation.state.liveSince !== undefined,
    reason: 'reason' in move ? move.reason : '',
  };
}

/** Whether there will be something to go back from: not once the old version has left, nor after phases of what is no rollout. */
function canGoBack(state: RolloutState, { kind }: RolloutMove): boolean {
  return kind === 'start' || kind === 'forward' || kind === 'finish' || (kind !== 'rollback' && kind !== 'retire' && isBegun(state));
}

/** A way back, and a step whose gates passed and that waits for no person. */
function isCleared(state: RolloutState, move: RolloutMove, evidence: readonly GateEvidence[]): boolean {
  if (move.kind === 'rollback') return true;
  if (move.kind !== 'forward') return false;
  const next = state.plan.steps[move.step];
  return next?.approve === false && evidence.length > 0 && evidence.every(({ outcome }) => outcome === 'pass');
}

/** Of a way back to what is stable there is no step to tell. */
function stepsAfter(entry: RolloutEntry, move: RolloutMove): readonly StoryStep[] {
  const { plan } = entry.state;
  if (move.kind !== 'rollback') return storySteps(plan, stepOfMove(entry, move));
  const back = plan.steps.findLastIndex(({ percent }) => percent > 0 && percent === move.to);
  return back === -1 ? [] : storySteps(plan, back);
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

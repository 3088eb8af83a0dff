import type { Commit } from '../../model/commit.ts';
import type { CommitStatus } from '../../model/pull-request.ts';
import type { RolloutState, Seconds } from '../../model/rollout.ts';
import type { RolloutEntry } from '../../pipelines/rollouts/rollout-moves.ts';
import { type LiveAnswer, liveByStatus } from '../../pipelines/rollouts/rollout-situation.ts';
import { type BaseRollouts, unmarked } from './base-rollouts.ts';

/** A rollout as the GitOps engine has it. */
export interface Landing {
  /** Its step counts from when it came to where the engine reads it. */
  readonly entry: RolloutEntry;
  /** Since when the engine says that it is live, where that is how it is known. */
  readonly reported?: Seconds;
}

/** How many commits are asked for their statuses: the newest, and the one that brought the step. */
const most = 32;

/** Where rendered output is published, a step that is merged has yet to come there; where statuses say what is live, they are asked. */
export async function landingOf(base: BaseRollouts, entry: RolloutEntry): Promise<Landing> {
  const { state } = entry;
  const { live } = state.plan;
  const { output } = base.settings;
  if (state.isUnrendered === true && !(await isRendered(base, state.environment)))
    return { entry: notLive(entry, 'rendered files are behind the intent: run `mainsheet render` or `mainsheet propose`') };
  if (state.mergedIn === undefined || state.mergedAt === undefined || (output === undefined && live.kind !== 'status')) return { entry };
  const commits = await carriersOf(base, state.environment, state.mergedIn);
  const first = commits.at(-1);
  if (first === undefined) return { entry: notLive(entry, `not published to ${output?.branch ?? output?.repository ?? 'its branch'} yet`) };
  const landed = output === undefined ? entry : { ...entry, state: { ...state, mergedAt: Math.max(state.mergedAt, first.committer.at) } };
  if (live.kind !== 'status') return { entry: landed };
  const answer = await reportedLive(base, live.context, commits);
  if ('notLive' in answer) return { entry: { ...landed, state: { ...landed.state, notLive: answer.notLive } } };
  return { entry: landed, reported: Math.max(answer.since, landed.state.mergedAt ?? answer.since) };
}

function notLive(entry: RolloutEntry, why: string): RolloutEntry {
  const { mergedAt: _, ...state } = entry.state;
  const unknown: RolloutState = { ...state, notLive: why };
  return { ...entry, state: unknown };
}

/** Commits in which the engine finds a step. Where a merge changed nothing that is rendered, none is published for it: what is there has it. */
async function carriersOf(base: BaseRollouts, environment: string, commit: string): Promise<readonly Commit[]> {
  const { engine, settings } = base;
  const found = (await engine.carriers(commit)).value ?? [];
  if (found.length > 0 || settings.output === undefined) return found;
  const newest = (await engine.newest()).value;
  return newest !== undefined && (await isRendered(base, environment)) ? [newest] : [];
}

/** Whether what is published of an environment is what the base branch says. */
async function isRendered(base: BaseRollouts, environment: string): Promise<boolean> {
  const rendered = await base.rendered();
  const compiled = base.compiled(environment);
  if (rendered.value === undefined || !compiled.ok) return false;
  const there = unmarked(rendered.value(environment));
  return there.size === compiled.files.size && [...compiled.files].every(([path, text]) => there.get(path) === text);
}

async function reportedLive({ engine }: BaseRollouts, context: string, commits: readonly Commit[]): Promise<LiveAnswer> {
  const said: (readonly CommitStatus[])[] = [];
  for (const { hash } of commits.length <= most ? commits : [...commits.slice(0, most - 1), ...commits.slice(-1)]) {
    const statuses = await engine.statuses(hash);
    if (statuses === undefined) return { notLive: `${context} was not asked: there is no token for the forge` };
    if (!statuses.ok) return { notLive: `${context} was asked in vain: ${statuses.failure.message}` };
    said.push(statuses.value);
    if (statuses.value.some(({ name, state }) => name === context && (state === 'failure' || state === 'error'))) break;
  }
  return liveByStatus(context, said);
}

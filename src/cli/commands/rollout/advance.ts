import { isError } from '../../../model/diagnostic.ts';
import { intentTitle } from '../../../model/intent.ts';
import { keyIn } from '../../../model/pull-request.ts';
import { branchName, keySubject } from '../../../pipelines/propose/propose.ts';
import { excessOf, moveName } from '../../../pipelines/rollouts/rollout-change.ts';
import type { RolloutEntry } from '../../../pipelines/rollouts/rollout-moves.ts';
import { renderProposalsJson } from '../../../report/proposal-json.ts';
import { renderProposalsText, type TellableProposal } from '../../../report/proposal-text.ts';
import { renderRolloutsText, type ToldRollout } from '../../../report/rollout-text.ts';
import type { RolloutAdvanceFlags } from '../../arguments/rollout/advance.ts';
import type { CliContext } from '../../cli-context.ts';
import { type ExitCode, exitCode } from '../../exit-code.ts';
import { type CommitSettings, carryOut } from '../../propose/carry-out.ts';
import { refusalFindings } from '../../propose/refusal-text.ts';
import { tellable } from '../../propose/tellable.ts';
import { commitSettings, failureText, isProposed, release, suspend } from '../../rollout/carry-move.ts';
import { closeStaleSteps } from '../../rollout/close-stale.ts';
import { situationNow } from '../../rollout/facts.ts';
import { type Sources, sourcesOf } from '../../rollout/measure-gates.ts';
import { moveIn } from '../../rollout/move-in.ts';
import { draftOfMove } from '../../rollout/propose-move.ts';
import { type EnvironmentRollouts, rolloutsIn } from '../../rollout/rollouts-in.ts';
import { staysText } from '../../rollout/stays-text.ts';
import { type WithBase, withBase } from '../../rollout/with-base.ts';
import { usageError } from '../../usage-error.ts';

/** Decides what comes next for each rollout, and proposes it. */
export async function rolloutAdvance(context: CliContext, flags: RolloutAdvanceFlags, name?: string): Promise<ExitCode> {
  if ((name === undefined) === (flags.all !== true)) throw usageError('name one rollout, or say --all');
  return await withBase(context, flags, async (opened) => {
    const { found, diagnostics } = await rolloutsIn(opened.base, opened.environments);
    const codes = diagnostics.length > 0 ? [opened.report(diagnostics)] : [];
    const commit = commitSettings(context, opened.base, flags);
    if (commit.value === undefined) return opened.refuse(commit.diagnostics);
    const run: Run = { context, flags, opened, commit: commit.value, proposals: [], waiting: [], codes, begun: 0 };
    for (const one of found) {
      const sources = sourcesOf(one.read.loaded, context, flags.now === undefined);
      for (const entry of one.read.entries) if (name === undefined || entry.state.subject === name) await advance(run, one, entry, sources);
    }
    const { prefix } = opened.base.session.repository;
    // What is on its way where inputs have errors may not be known.
    const whole = found.filter(({ errors }) => errors === undefined).map(({ read }) => read);
    const branches = whole.flatMap(({ loaded, entries }) =>
      entries.map(({ subject }) => branchName(keyIn(prefix, { environment: loaded.environment.name, subject: keySubject(subject) }))),
    );
    const isWhole = name === undefined && flags.dryRun !== true;
    const failures = isWhole
      ? await closeStaleSteps(
          opened.base,
          whole.map(({ loaded }) => loaded.environment.name),
          new Set(branches),
        )
      : [];
    if (failures.length > 0) run.codes.push(opened.refuse(failures));
    return finish(run, name);
  });
}

interface Run {
  readonly context: CliContext;
  readonly flags: RolloutAdvanceFlags;
  readonly opened: WithBase;
  readonly commit: CommitSettings;
  readonly proposals: TellableProposal[];
  readonly waiting: ToldRollout[];
  readonly codes: ExitCode[];
  begun: number;
}

async function advance(run: Run, one: EnvironmentRollouts, entry: RolloutEntry, sources: Sources): Promise<void> {
  const { read, errors: wrong } = one;
  const { context, flags, opened } = run;
  const { base } = opened;
  const now = flags.now ?? context.now();
  const known = await situationNow({
    base,
    read,
    entry,
    sources,
    now,
    begun: run.begun,
    ...(wrong === undefined ? {} : { errors: wrong }),
  });
  if (known.value === undefined) {
    run.codes.push(opened.refuse(known.diagnostics));
    return;
  }
  const { situation, pull } = known.value;
  const { move, ...from } = moveIn(base, one, situation);
  if (move.kind === 'start') run.begun += 1;
  if (move.kind === 'wait' || move.kind === 'done') {
    const isUndated = entry.intents.some((intent) => read.unknown.includes(intentTitle(intent)));
    const isOwn = situation.surroundings.foreignPullRequest === undefined;
    // A history that is cut off makes a soak longer, never shorter; whoever can fetch it should.
    if (isUndated && move.kind === 'wait') run.codes.push(exitCode.environmentFailed);
    if (flags.dryRun !== true && isOwn) await suspend(base, { ...(pull === undefined ? {} : { pull }) }, move);
    run.waiting.push({
      state: situation.state,
      move,
      isUndated,
      ...(pull === undefined ? {} : { pullRequest: `pull request ${pull.number}`, pullRequestUrl: pull.url }),
    });
    return;
  }
  const told = pull === undefined ? {} : { pull, pullRequest: `pull request ${pull.number}`, pullRequestUrl: pull.url };
  const key = keyIn(base.session.repository.prefix, { environment: read.loaded.environment.name, subject: keySubject(entry.subject) });
  const isThere = await isProposed(base, key, told, moveName(entry, move), context.version);
  if (isThere.value === undefined) {
    run.codes.push(opened.refuse(isThere.diagnostics));
    return;
  }
  if (isThere.value) {
    run.waiting.push({ state: situation.state, move, isUndated: false, ...told });
    return;
  }
  const drafted = await draftOfMove({
    ...from,
    loaded: read.loaded,
    entry,
    situation,
    move,
    flags,
    tool: context.version,
    today: context.today(),
  });
  if (drafted.value === undefined) {
    run.codes.push(opened.refuse(drafted.diagnostics));
    return;
  }
  const { draft, made } = drafted.value;
  const errors = made.diagnostics.filter(isError);
  if (errors.length > 0) run.codes.push(opened.report(errors));
  const text = failureText(entry.state.subject, made);
  if (text !== '') {
    context.process.stderr.write(text);
    run.codes.push(made.unsafe.length > 0 ? opened.refuse(refusalFindings(made.unsafe)) : exitCode.refusedForSafety);
  }
  if (draft === undefined || made.change === undefined) return;
  const blocks = excessOf(read.loaded, entry, move, made.change);
  if (blocks.length > 0) {
    run.waiting.push({ state: situation.state, move: { kind: 'wait', blocks }, isUndated: false });
    return;
  }
  const proposed = await carryOut(base.session, draft, run.commit, { isDry: flags.dryRun });
  await release(base, proposed);
  if (proposed.outcome === 'failed') run.codes.push(opened.refuse(proposed.diagnostics));
  // Whoever was there first proposes the same, or what is decided at the next run.
  if (proposed.outcome === 'moved') run.waiting.push({ state: situation.state, move, isUndated: false });
  const stays = staysText(entry.state.subject, move, draft, proposed);
  if (stays !== '') {
    context.process.stderr.write(stays);
    run.codes.push(exitCode.refusedForSafety);
  }
  run.proposals.push(...tellable(draft, proposed, context.workingFolder));
}

function finish({ context, flags, opened, proposals, waiting, codes }: Run, name: string | undefined): ExitCode {
  const { stdout, stderr } = context.process;
  const { session, commit } = opened.base;
  const isDry = flags.dryRun === true;
  const isNothing = proposals.length === 0 && waiting.length === 0 && codes.length === 0;
  if (isNothing && name !== undefined) throw usageError(`no rollout "${name}" is on the way`);
  const base = { branch: session.base.branch, commit };
  if (flags.format === 'json') stdout.write(session.mask(renderProposalsJson(proposals, base, isDry, waiting)));
  else {
    if (proposals.length > 0) stdout.write(session.mask(renderProposalsText(proposals, session.base.branch, isDry)));
    if (waiting.length > 0) stdout.write(`${proposals.length > 0 ? '\n' : ''}${renderRolloutsText(waiting, flags.now ?? context.now())}`);
    if (isNothing) stdout.write(renderRolloutsText([], 0));
  }
  if (isDry && session.forge === undefined) stderr.write('There is no token, so the forge was not asked what is there.\n');
  return worst(codes);
}

/** What is safe to run again does not hide what is not. */
function worst(codes: readonly ExitCode[]): ExitCode {
  return (
    [exitCode.inputHasErrors, exitCode.refusedForSafety, exitCode.environmentFailed].find((code) => codes.includes(code)) ?? exitCode.done
  );
}

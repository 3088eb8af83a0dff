import { diagnose, isError } from '../../../model/diagnostic.ts';
import { commitMessage } from '../../../pipelines/propose/propose.ts';
import { readRollouts } from '../../../pipelines/rollouts/read-rollouts.ts';
import { situationOf } from '../../../pipelines/rollouts/rollout-situation.ts';
import { rollbackOf, wayBackEntry } from '../../../pipelines/rollouts/rollouts.ts';
import { soundInputs } from '../../../pipelines/rollouts/sound-inputs.ts';
import { createCommit } from '../../../repo/git/create-commit.ts';
import { branchSettled } from '../../../repo/git/diagnostics.ts';
import { pushBranch } from '../../../repo/git/push-branch.ts';
import { renderProposalsJson } from '../../../report/proposal-json.ts';
import { renderProposalsText } from '../../../report/proposal-text.ts';
import { visibleText } from '../../../report/visible-text.ts';
import type { RolloutRollbackFlags } from '../../arguments/rollout/rollback.ts';
import type { CliContext } from '../../cli-context.ts';
import { type ExitCode, exitCode } from '../../exit-code.ts';
import { type CommitSettings, carryOut } from '../../propose/carry-out.ts';
import { refusalFindings } from '../../propose/refusal-text.ts';
import { tellable } from '../../propose/tellable.ts';
import { commitSettings, failureText } from '../../rollout/carry-move.ts';
import { closeStep } from '../../rollout/close-stale.ts';
import { draftOfMove } from '../../rollout/propose-move.ts';
import { recordedFiles } from '../../rollout/recorded-files.ts';
import { refuseRider } from '../../rollout/refuse-rider.ts';
import { type WithBase, withBase } from '../../rollout/with-base.ts';
import { todayAt } from '../../today-at.ts';
import { usageError } from '../../usage-error.ts';
import { oneEnvironment } from '../../workspace.ts';

/** Proposes the way back of one rollout, or pushes it. */
export async function rolloutRollback(context: CliContext, { env, ...flags }: RolloutRollbackFlags, name: string): Promise<ExitCode> {
  return await withBase(context, { ...flags, isApart: true }, async (opened) => {
    const { environments, report, refuse } = opened;
    const environment = oneEnvironment(environments, env);
    const { history: commits, contents, parsed } = opened.base;
    const { tree, restored } = await soundInputs({ tree: opened.base.tree, environment, subject: name, commits, read: contents, parsed });
    const base = { ...opened.base, tree };
    // Nothing of going back depends on since when it is where it is.
    const read = await readRollouts({ tree, environment, parsed, named: [name], commits: async () => [], read: contents });
    if (read.value === undefined) return report(read.diagnostics);
    const { loaded, entries } = read.value;
    const entry = wayBackEntry(loaded, name);
    if (entry === undefined) throw usageError(`there is no rollout "${name}" in ${loaded.environment.name}`);
    refuseRider(loaded, entry, (train) => `rollback ${train}${flags.direct === true ? ' --direct' : ''}`);
    const move = rollbackOf(entry.state, flags.message ?? 'a person asked for it', flags.gradual === true ? 'by-plan' : 'once');
    if (move === undefined && restored.size > 0) return report(opened.base.compiled(environment).diagnostics.filter(isError));
    if (move === undefined) {
      if (flags.format === 'json') tell(context, opened, flags, []);
      else
        context.process.stdout.write(
          `${visibleText(name)} has nothing to go back from: no version is on its way, and none was finished that could go back\n`,
        );
      return exitCode.done;
    }
    const commit = commitSettings(context, base, flags);
    if (commit.value === undefined) return refuse(commit.diagnostics);
    const situation = situationOf(loaded, entry, entries, { now: flags.now ?? context.now() });
    const drafted = await draftOfMove({
      base,
      loaded,
      entry,
      situation,
      move,
      flags,
      tool: context.version,
      today: todayAt(context, flags.now),
      restored,
      recorded: () => recordedFiles(opened.base, environment, name),
    });
    if (drafted.value === undefined) return refuse(drafted.diagnostics);
    const { draft, made } = drafted.value;
    if (draft === undefined) {
      const errors = made.diagnostics.filter(isError);
      context.process.stderr.write(failureText(name, made));
      if (made.unsafe.length > 0) return refuse(refusalFindings(made.unsafe));
      return errors.length > 0 ? report(errors) : exitCode.refusedForSafety;
    }
    if (flags.direct === true) return await pushDirectly(context, opened, draft, commit.value, flags);
    const proposed = await carryOut(base.session, draft, commit.value, { isDry: flags.dryRun, isAskedFor: true });
    if (proposed.outcome === 'failed') return refuse(proposed.diagnostics);
    if (proposed.outcome === 'moved') return refuse([diagnose(branchSettled, { params: { branch: draft.branch } })]);
    tell(context, opened, flags, tellable(draft, proposed, context.workingFolder));
    if (proposed.outcome !== 'left') return exitCode.done;
    context.process.stderr.write('A person decides about that branch. To go back without it: add --direct\n');
    return exitCode.refusedForSafety;
  });
}

type Flags = Omit<RolloutRollbackFlags, 'env'>;

function tell(
  { process }: CliContext,
  { base: { session, commit } }: WithBase,
  { format, dryRun }: Flags,
  told: ReturnType<typeof tellable>,
): void {
  const { branch } = session.base;
  const isDry = dryRun === true;
  const text = format === 'json' ? renderProposalsJson(told, { branch, commit }, isDry) : renderProposalsText(told, branch, isDry);
  process.stdout.write(session.mask(text));
}

/** The same commit, on the base branch itself: only if that is still what it was. */
async function pushDirectly(
  context: CliContext,
  opened: WithBase,
  draft: Parameters<typeof carryOut>[1],
  commit: CommitSettings,
  flags: Flags,
): Promise<ExitCode> {
  const { base, refuse } = opened;
  const { process } = context;
  const isDry = flags.dryRun === true;
  const { repository, remote, access } = base.session;
  const { branch } = base.session.base;
  const at = base.commit;
  const message = (tree: string) => commitMessage(draft.title, draft.commitText, { ...draft.trailer, isDirect: true }, tree);
  const created = await createCommit(repository, { ...commit, base: at, edits: draft.edits, message });
  if (created.value === undefined) return created.diagnostics.length > 0 ? refuse(created.diagnostics) : exitCode.done;
  const told = { draft: { ...draft, branch }, outcome: 'created', isPushed: true, warnings: [] } as const;
  if (isDry) {
    if (flags.format === 'json') tell(context, opened, flags, [told]);
    else process.stdout.write(`${visibleText(draft.title)}\n  would be pushed to ${visibleText(branch)}\n`);
    return exitCode.done;
  }
  const pushed = await pushBranch(repository, remote, { branch, commit: created.value.hash, expected: at }, access);
  if (pushed.state === 'failed') return refuse(pushed.diagnostics);
  if (pushed.state === 'moved') return refuse([diagnose(branchSettled, { params: { branch } })]);
  // A step that was proposed would begin it again.
  const failures = await closeStep(base, draft.branch);
  if (flags.format === 'json') tell(context, opened, flags, [{ ...told, commit: created.value.hash }]);
  else process.stdout.write(`${visibleText(draft.title)}\n  pushed to ${visibleText(branch)}: ${created.value.hash}\n`);
  return failures.length > 0 ? refuse(failures) : exitCode.done;
}

import type { Commit } from '../../../model/commit.ts';
import type { LocatedDiagnostic } from '../../../model/diagnostic.ts';
import type { PullRequestTrailer } from '../../../model/pull-request.ts';
import { type Result, success } from '../../../model/result.ts';
import { keySubject, parseTrailers, trailersFault } from '../../../pipelines/propose/propose.ts';
import { type ReadRollouts, type RolloutsAnswer, readRollouts } from '../../../pipelines/rollouts/read-rollouts.ts';
import { judgeRecord } from '../../../pipelines/rollouts/rollout-gates.ts';
import type { RolloutEntry } from '../../../pipelines/rollouts/rollout-moves.ts';
import { strangersToStep } from '../../../pipelines/rollouts/rollout-record.ts';
import { readCommitTree } from '../../../repo/git/read-commit-tree.ts';
import { commitsIn, readLog } from '../../../repo/git/read-log.ts';
import { type GitRepository, openRepository, outputOf } from '../../../repo/git/repository.ts';
import { resolveCommit } from '../../../repo/git/resolve-commit.ts';
import { type JudgedGate, renderVerdictsJson, renderVerdictsText } from '../../../report/verdicts.ts';
import type { RolloutVerifyFlags } from '../../arguments/rollout/verify.ts';
import type { CliContext } from '../../cli-context.ts';
import type { CreateCompiler } from '../../compiler.ts';
import { type ExitCode, exitCode, exitCodeOf } from '../../exit-code.ts';
import { reportFindings } from '../../report-findings.ts';
import { judgeFiles } from '../../rollout/judge-files.ts';
import { stickyIdAt } from '../../rollout/sticky-id.ts';
import { usageError } from '../../usage-error.ts';
import { rootOf } from '../../workspace.ts';

/** Works out again what gates said of the step that a commit proposed, and whether it is that step. */
export async function rolloutVerify(context: CliContext, flags: RolloutVerifyFlags, revision: string): Promise<ExitCode> {
  const create = await context.compiler();
  const report = (diagnostics: readonly LocatedDiagnostic[]): ExitCode => {
    reportFindings(context, { diagnostics, tree: new Map(), prefix: '' }, 'text', context.process.stderr);
    return exitCodeOf(diagnostics);
  };
  const found = await recordOf(context, flags, revision);
  if (found.value === undefined) return report(create(new Map(), {}).locate(found.diagnostics));
  const { commit, repository } = found.value;
  const read = parseTrailers(commit.trailers);
  if (read.diagnostics.length > 0) return report(create(new Map(), {}).locate(read.diagnostics));
  if (read.value === undefined) {
    const fault = trailersFault(commit.trailers);
    throw usageError(
      fault === undefined
        ? `${revision} is no commit of a rollout: its message has no trailers of Mainsheet`
        : `${revision} has no record that can be judged: ${fault}`,
    );
  }
  const { trailer } = read.value;
  const base = await rolloutsAt(create, repository, trailer, trailer.base);
  if (base.value === undefined) return report(base.diagnostics);
  const gates: readonly JudgedGate[] = judgeRecord(trailer.gates ?? [], base.value.loaded, entryOf(base.value, trailer), trailer.step);
  const files = await judgeFiles(repository, commit, read.value);
  if (files.value === undefined) return report(create(new Map(), {}).locate(files.diagnostics));
  const step = await judgeStep(create, repository, commit, trailer);
  if (step.value === undefined) return report(step.diagnostics);
  const verdicts = { commit: commit.hash, gates, faults: [...files.value, ...step.value] };
  context.process.stdout.write(flags.format === 'json' ? renderVerdictsJson(verdicts) : renderVerdictsText(verdicts));
  return gates.every(({ holds }) => holds) && verdicts.faults.length === 0 ? exitCode.done : exitCode.differencesFound;
}

/** A change that a person proposed is no step of a plan: then no gate let it be proposed either. */
const personsStep = /^(expand|shift|contract)$/;

async function judgeStep(
  create: CreateCompiler,
  repository: GitRepository,
  { hash, parents: [parent] }: Commit,
  trailer: PullRequestTrailer,
): Promise<{ readonly value: readonly string[] } | Extract<RolloutsAnswer, { readonly value: undefined }>> {
  const { step, gates = [], base } = trailer;
  if (step === undefined || personsStep.test(step))
    return { value: gates.length === 0 ? [] : ['gates are recorded, and no step of a plan is named'] };
  if (parent === undefined) return { value: ['it has no parent, of which it could be the next step'] };
  const before = await rolloutsAt(create, repository, trailer, parent);
  if (before.value === undefined) return before;
  const after = await rolloutsAt(create, repository, trailer, hash);
  if (after.value === undefined) return { value: [`its intents can't be read: ${after.diagnostics[0]?.message ?? ''}`] };
  const entry = entryOf(before.value, trailer);
  return { value: strangersToStep({ before: before.value.loaded, after: after.value.loaded, entry, step, stickyId: stickyIdAt(base) }) };
}

function entryOf({ entries }: ReadRollouts, { key }: PullRequestTrailer): RolloutEntry | undefined {
  return entries.find(({ subject }) => keySubject(subject) === key.subject);
}

interface GateRecord {
  readonly commit: Commit;
  readonly repository: GitRepository;
}

const settingsPath = 'mainsheet.yaml';

/** The rollout that a commit is about, as another has it: the base branch that it was made from, its parent, or itself. */
async function rolloutsAt(
  create: CreateCompiler,
  repository: GitRepository,
  { key }: PullRequestTrailer,
  at: string,
): Promise<RolloutsAnswer> {
  const isInput = (path: string): boolean => path === settingsPath || /\.ya?ml$/.test(path);
  const first = await readCommitTree(repository, at, [settingsPath], isInput);
  if (first.value === undefined) return { value: undefined, diagnostics: create(new Map(), {}).locate(first.diagnostics) };
  const { environments = 'environments' } = create(first.value, {}).settings.value ?? {};
  const tree = await readCommitTree(repository, at, [settingsPath, environments], isInput);
  if (tree.value === undefined) return { value: undefined, diagnostics: create(new Map(), {}).locate(tree.diagnostics) };
  return await readRollouts({
    tree: tree.value,
    environment: key.environment,
    named: [(key.subject ?? '').replace(/^(train|external) /, '')],
    commits: async () => [],
    read: async () => new Map(),
  });
}

async function recordOf(context: CliContext, { root }: RolloutVerifyFlags, revision: string): Promise<Result<GateRecord>> {
  const opened = await openRepository(rootOf(context, root), context.variables);
  if (opened.value === undefined) return opened;
  const repository = opened.value;
  const named = await resolveCommit(repository, revision);
  if (named.value === undefined) return named;
  const commit = await commitAt(repository, named.value.hash);
  if (commit.value === undefined) return commit;
  const [, brought] = commit.value.parents;
  if (brought === undefined || commit.value.trailers.some(([name]) => name === 'Mainsheet-Schema'))
    return success({ commit: commit.value, repository });
  // A merge says nothing itself: what it brought does.
  const second = await commitAt(repository, brought);
  return second.value === undefined ? second : success({ commit: second.value, repository });
}

async function commitAt(repository: GitRepository, hash: string): Promise<Result<Commit>> {
  const output = outputOf('read a commit', await readLog(repository, ['--max-count=1'], [hash], []));
  if (output.value === undefined) return output;
  const [commit] = commitsIn(output.value.toString('utf8'));
  if (commit === undefined) throw usageError(`there is no commit ${hash}`);
  return success(commit);
}

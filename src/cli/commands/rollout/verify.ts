import type { Commit } from '../../../model/commit.ts';
import type { LocatedDiagnostic } from '../../../model/diagnostic.ts';
import type { PullRequestTrailer } from '../../../model/pull-request.ts';
import { type Result, success } from '../../../model/result.ts';
import type { FileTree } from '../../../model/source.ts';
import { keySubject, parseTrailers, trailersFault } from '../../../pipelines/propose/propose.ts';
import type { ReadRollouts, RolloutsAnswer } from '../../../pipelines/rollouts/read-rollouts.ts';
import type { RolloutEntry } from '../../../pipelines/rollouts/rollout-moves.ts';
import { strangersToStep } from '../../../pipelines/rollouts/rollout-record.ts';
import { judgeRecord } from '../../../pipelines/rollouts/rollout-verdicts.ts';
import type { SoundEnvironment } from '../../../pipelines/rollouts/sound-inputs.ts';
import { commitsIn, readLog } from '../../../repo/git/read-log.ts';
import { type GitRepository, openRepository, outputOf } from '../../../repo/git/repository.ts';
import { resolveCommit } from '../../../repo/git/resolve-commit.ts';
import { type JudgedGate, renderVerdictsJson, renderVerdictsText } from '../../../report/verdicts.ts';
import type { RolloutVerifyFlags } from '../../arguments/rollout/verify.ts';
import type { CliContext } from '../../cli-context.ts';
import { type ExitCode, exitCode, exitCodeOf } from '../../exit-code.ts';
import { reportFindings } from '../../report-findings.ts';
import { judgeFiles } from '../../rollout/judge-files.ts';
import { type CommitReader, inputsAt, readAlike, rolloutIn, soundAt, unlocated } from '../../rollout/rollouts-at.ts';
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
  const reader: CommitReader = { create, repository, key: trailer.key };
  const base = await baseOf(reader, trailer.base, trailer);
  if (base.value === undefined) return report(base.diagnostics);
  const gates: readonly JudgedGate[] = judgeRecord(
    trailer.gates ?? [],
    base.value.read.loaded,
    entryOf(base.value.read, trailer),
    trailer.step,
  );
  const files = await judgeFiles(repository, commit, read.value);
  if (files.value === undefined) return report(create(new Map(), {}).locate(files.diagnostics));
  const step = await judgeStep(reader, commit, trailer);
  if (step.value === undefined) return report(step.diagnostics);
  const verdicts = { commit: commit.hash, gates, faults: [...files.value, ...step.value] };
  context.process.stdout.write(flags.format === 'json' ? renderVerdictsJson(verdicts) : renderVerdictsText(verdicts));
  return gates.every(({ holds }) => holds) && verdicts.faults.length === 0 ? exitCode.done : exitCode.differencesFound;
}

/** A change that a person proposed is no step of a plan: then no gate let it be proposed either. */
const personsStep = /^(expand|shift|contract)$/;

async function judgeStep(
  reader: CommitReader,
  { hash, parents: [parent] }: Commit,
  trailer: PullRequestTrailer,
): Promise<Known<readonly string[]>> {
  const { step, gates = [], base } = trailer;
  if (step === undefined || personsStep.test(step))
    return { value: gates.length === 0 ? [] : ['gates are recorded, and no step of a plan is named'] };
  if (parent === undefined) return { value: ['it has no parent, of which it could be the next step'] };
  const before = await baseOf(reader, parent, trailer);
  if (before.value === undefined) return before;
  const inputs = await inputsAt(reader, hash);
  if (inputs.value === undefined) return { value: undefined, diagnostics: unlocated(reader.create, inputs) };
  const { read, tree, sound } = before.value;
  const alike = sound === undefined ? { tree: inputs.value.tree, touched: [] } : readAlike(tree, inputs.value.tree, sound, reader.key);
  const after = await rolloutIn(reader, alike.tree);
  if (after.value === undefined) return { value: [`its intents can't be read: ${after.diagnostics[0]?.message ?? ''}`] };
  const sides = { before: read.loaded, after: after.value.loaded };
  const strangers = strangersToStep({ ...sides, entry: entryOf(read, trailer), step, stickyId: stickyIdAt(base) });
  return { value: [...strangers, ...alike.touched.map((path) => `it changes ${path}, which is no part of the step`)] };
}

type Known<T> = { readonly value: T } | Extract<RolloutsAnswer, { readonly value: undefined }>;

interface StepBase {
  readonly tree: FileTree;
  readonly read: ReadRollouts;
  /** Of a way back: how its inputs were read where they have errors. */
  readonly sound?: SoundEnvironment;
}

/** What a step was made from. A way back has to be possible from inputs with errors, which it reads as they were before. */
async function baseOf(reader: CommitReader, commit: string, { step = '' }: PullRequestTrailer): Promise<Known<StepBase>> {
  const inputs = await inputsAt(reader, commit);
  if (inputs.value === undefined) return { value: undefined, diagnostics: unlocated(reader.create, inputs) };
  const { tree } = inputs.value;
  const sound = /^(rollback|back-)/.test(step) ? await soundAt(reader, commit, inputs.value) : undefined;
  const read = await rolloutIn(reader, sound?.tree ?? tree);
  return read.value === undefined ? read : { value: { tree, read: read.value, ...(sound === undefined ? {} : { sound }) } };
}

function entryOf({ entries }: ReadRollouts, { key }: PullRequestTrailer): RolloutEntry | undefined {
  return entries.find(({ subject }) => keySubject(subject) === key.subject);
}

interface GateRecord {
  readonly commit: Commit;
  readonly repository: GitRepository;
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

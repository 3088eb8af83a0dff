import type { Commit } from '../../../model/commit.ts';
import type { PullRequestTrailer } from '../../../model/pull-request.ts';
import { type Result, success } from '../../../model/result.ts';
import { keySubject, parseTrailers } from '../../../propose.ts';
import { type RolloutsAnswer, readRollouts } from '../../../read-rollouts.ts';
import { readCommitTree } from '../../../repo/git/read-commit-tree.ts';
import { commitsIn, readLog } from '../../../repo/git/read-log.ts';
import { type GitRepository, openRepository, outputOf } from '../../../repo/git/repository.ts';
import { resolveCommit } from '../../../repo/git/resolve-commit.ts';
import { type JudgedGate, renderVerdictsJson, renderVerdictsText } from '../../../report/verdicts.ts';
import { judgeRecord } from '../../../rollout-gates.ts';
import type { RolloutVerifyFlags } from '../../arguments/rollout/verify.ts';
import type { CliContext } from '../../cli-context.ts';
import type { CreateCompiler } from '../../compiler.ts';
import { type ExitCode, exitCode, exitCodeOf } from '../../exit-code.ts';
import { reportFindings } from '../../report-findings.ts';
import { usageError } from '../../usage-error.ts';
import { rootOf } from '../../workspace.ts';

/** Works out again what gates said of the step that a commit proposed. */
export async function rolloutVerify(context: CliContext, flags: RolloutVerifyFlags, revision: string): Promise<ExitCode> {
  const found = await recordOf(context, flags, revision);
  if (found.value === undefined) {
    const create = await context.compiler();
    const diagnostics = create(new Map(), {}).locate(found.diagnostics);
    reportFindings(context, { diagnostics, tree: new Map(), prefix: '' }, 'text', context.process.stderr);
    return exitCodeOf(diagnostics);
  }
  const { commit, repository, trailer } = found.value;
  if (trailer === undefined) throw usageError(`${revision} is no commit of a rollout: its message has no trailers of Mainsheet`);
  const base = await rolloutsAt(await context.compiler(), repository, trailer);
  if (base.value === undefined) {
    reportFindings(context, { diagnostics: base.diagnostics, tree: new Map(), prefix: '' }, 'text', context.process.stderr);
    return exitCodeOf(base.diagnostics);
  }
  const { loaded, entries } = base.value;
  const entry = entries.find(({ subject }) => keySubject(subject) === trailer.key.subject);
  const judged: readonly JudgedGate[] = judgeRecord(trailer.gates ?? [], loaded, entry, trailer.step);
  context.process.stdout.write(flags.format === 'json' ? renderVerdictsJson(commit, judged) : renderVerdictsText(commit, judged));
  return judged.every(({ holds }) => holds) ? exitCode.done : exitCode.differencesFound;
}

interface GateRecord {
  readonly commit: string;
  readonly repository: GitRepository;
  /** Undefined where the commit is none of ours. */
  readonly trailer?: PullRequestTrailer;
}

const settingsPath = 'mainsheet.yaml';

/** The rollout that a commit is about, as the base branch had it that the commit was made from. */
async function rolloutsAt(create: CreateCompiler, repository: GitRepository, { base, key }: PullRequestTrailer): Promise<RolloutsAnswer> {
  const isInput = (path: string): boolean => path === settingsPath || /\.ya?ml$/.test(path);
  const first = await readCommitTree(repository, base, [settingsPath], isInput);
  if (first.value === undefined) return { value: undefined, diagnostics: create(new Map(), {}).locate(first.diagnostics) };
  const { environments = 'environments' } = create(first.value, {}).settings.value ?? {};
  const tree = await readCommitTree(repository, base, [settingsPath, environments], isInput);
  if (tree.value === undefined) return { value: undefined, diagnostics: create(new Map(), {}).locate(tree.diagnostics) };
  const named = [(key.subject ?? '').replace(/^train\+/, '')];
  return await readRollouts({
    tree: tree.value,
    environment: key.environment,
    named,
    commits: async () => [],
    read: async () => new Map(),
  });
}

async function recordOf(context: CliContext, { root }: RolloutVerifyFlags, revision: string): Promise<Result<GateRecord>> {
  const opened = await openRepository(rootOf(context, root), context.variables);
  if (opened.value === undefined) return opened;
  const named = await resolveCommit(opened.value, revision);
  if (named.value === undefined) return named;
  const { hash } = named.value;
  const commit = await commitAt(opened.value, hash);
  if (commit.value === undefined) return commit;
  const repository = opened.value;
  const own = trailerOf(commit.value);
  const brought = commit.value.parents[1];
  if (own !== undefined || brought === undefined)
    return success({ commit: hash, repository, ...(own === undefined ? {} : { trailer: own }) });
  // A merge says nothing itself: what it brought does.
  const second = await commitAt(opened.value, brought);
  if (second.value === undefined) return second;
  const trailer = trailerOf(second.value);
  return success({ commit: brought, repository, ...(trailer === undefined ? {} : { trailer }) });
}

async function commitAt(repository: GitRepository, hash: string): Promise<Result<Commit>> {
  const output = outputOf('read a commit', await readLog(repository, ['--max-count=1'], [hash], []));
  if (output.value === undefined) return output;
  const [commit] = commitsIn(output.value.toString('utf8'));
  if (commit === undefined) throw usageError(`there is no commit ${hash}`);
  return success(commit);
}

function trailerOf({ trailers }: Commit): PullRequestTrailer | undefined {
  return parseTrailers(trailers).value?.trailer;
}

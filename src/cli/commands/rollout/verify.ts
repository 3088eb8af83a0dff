import type { Commit } from '../../../model/commit.ts';
import { type Result, success } from '../../../model/result.ts';
import { parseTrailers } from '../../../propose.ts';
import { commitsIn, readLog } from '../../../repo/git/read-log.ts';
import { type GitRepository, openRepository, outputOf } from '../../../repo/git/repository.ts';
import { resolveCommit } from '../../../repo/git/resolve-commit.ts';
import { type JudgedGate, renderVerdictsJson, renderVerdictsText } from '../../../report/verdicts.ts';
import { judgeAgain } from '../../../rollout-gates.ts';
import type { RolloutVerifyFlags } from '../../arguments/rollout/verify.ts';
import type { CliContext } from '../../cli-context.ts';
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
  const { commit, gates } = found.value;
  if (gates === undefined) throw usageError(`${revision} is no commit of a rollout: its message has no trailers of Mainsheet`);
  const judged = gates.map((line): JudgedGate => judgeAgain(line));
  context.process.stdout.write(flags.format === 'json' ? renderVerdictsJson(commit, judged) : renderVerdictsText(commit, judged));
  return judged.every(({ holds }) => holds) ? exitCode.done : exitCode.differencesFound;
}

interface GateRecord {
  readonly commit: string;
  /** Undefined where the commit is none of ours. */
  readonly gates?: readonly string[];
}

async function recordOf(context: CliContext, { root }: RolloutVerifyFlags, revision: string): Promise<Result<GateRecord>> {
  const opened = await openRepository(rootOf(context, root), context.variables);
  if (opened.value === undefined) return opened;
  const named = await resolveCommit(opened.value, revision);
  if (named.value === undefined) return named;
  const { hash } = named.value;
  const commit = await commitAt(opened.value, hash);
  if (commit.value === undefined) return commit;
  const own = gatesOf(commit.value);
  const brought = commit.value.parents[1];
  if (own !== undefined || brought === undefined) return success({ commit: hash, ...(own === undefined ? {} : { gates: own }) });
  // A merge says nothing itself: what it brought does.
  const second = await commitAt(opened.value, brought);
  if (second.value === undefined) return second;
  const gates = gatesOf(second.value);
  return success({ commit: brought, ...(gates === undefined ? {} : { gates }) });
}

async function commitAt(repository: GitRepository, hash: string): Promise<Result<Commit>> {
  const output = outputOf('read a commit', await readLog(repository, ['--max-count=1'], [hash], []));
  if (output.value === undefined) return output;
  const [commit] = commitsIn(output.value.toString('utf8'));
  if (commit === undefined) throw usageError(`there is no commit ${hash}`);
  return success(commit);
}

function gatesOf({ trailers }: Commit): readonly string[] | undefined {
  const read = parseTrailers(trailers).value;
  return read === undefined ? undefined : (read.trailer.gates ?? []);
}

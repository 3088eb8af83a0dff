import { type Diagnostic, diagnose, isError, type LocatedDiagnostic } from '../../model/diagnostic.ts';
import { type Result, success } from '../../model/result.ts';
import type { FileTree, RepoPath } from '../../model/source.ts';
import { isAncestor, readCommit, wasTip } from '../../repo/git/branch-commits.ts';
import { createCommit } from '../../repo/git/create-commit.ts';
import { reviewedCommit } from '../../repo/git/diagnostics.ts';
import { identitiesOf } from '../../repo/git/identity.ts';
import { isHash } from '../../repo/git/names.ts';
import { type PushOutcome, pushBranch } from '../../repo/git/push-branch.ts';
import { rootCommit } from '../../repo/git/root-commit.ts';
import { isSigned } from '../../repo/git/signing.ts';
import { visibleText } from '../../report/visible-text.ts';
import type { PublishFlags } from '../arguments/publish.ts';
import type { CliContext } from '../cli-context.ts';
import { compileEnvironments } from '../compile-environments.ts';
import { inputsOf, renderedIn } from '../diff/read-commit.ts';
import { type ExitCode, exitCode, exitCodeOf } from '../exit-code.ts';
import { type OutputPlace, openOutput } from '../propose/output-place.ts';
import {
  type BaseSession,
  baseOf,
  fetchBase,
  openRemoteSession,
  type RemoteSession,
  repositoryFaults,
} from '../propose/propose-session.ts';
import { publishedEdits } from '../propose/published-edits.ts';
import { sourceTrailer } from '../propose/source-trailer.ts';
import { reportFindings } from '../report-findings.ts';
import { usageError } from '../usage-error.ts';
import { rootOf, withWorkspace } from '../workspace.ts';

/** Renders the last commit into the branch or repository of rendered output. */
export async function publish(context: CliContext, flags: PublishFlags): Promise<ExitCode> {
  const root = rootOf(context, flags.root);
  const stopped = (diagnostics: readonly (Diagnostic | LocatedDiagnostic)[], tree: FileTree = new Map()) =>
    report(context, diagnostics, tree);
  return await withWorkspace(context, { root }, async ({ inputs, diagnostics, tree }) => {
    if (inputs === undefined) {
      const faults = await repositoryFaults(root, context);
      return faults.length > 0 ? await stopped(faults) : await stopped(diagnostics, tree);
    }
    const { settings } = inputs;
    if (settings.output === undefined)
      throw usageError('rendered files stand beside the intents here, and are committed with them', ['`mainsheet render` writes them']);
    const opened = await openRemoteSession(context, root, settings, flags);
    if (opened.value === undefined) return await stopped(opened.diagnostics);
    const base = await baseOf(opened.value, settings, flags);
    if (base.value === undefined) return await stopped(base.diagnostics);
    const session = { ...opened.value, base: base.value };
    for (const _attempt of [1, 2]) {
      const done = await attempt(context, flags, root, session, settings);
      if (done.value !== undefined) return done.value;
      if (done.diagnostics.length > 0) return await stopped(done.diagnostics, tree);
    }
    context.process.stderr.write('error: another run keeps publishing; run again when it has ended\n');
    return exitCode.environmentFailed;
  });
}

type Settings = Parameters<typeof openRemoteSession>[2];

/** No value and no findings: someone else has published meanwhile. */
async function attempt(
  context: CliContext,
  flags: PublishFlags,
  root: string,
  session: BaseSession,
  { output, rendered: folder }: Settings,
): Promise<Result<ExitCode | undefined>> {
  const { repository } = session;
  const source = repository.head.commit ?? '';
  const reviewed = await fetchBase(session);
  if (reviewed.value === undefined) return { value: undefined, diagnostics: reviewed.diagnostics };
  const isReviewed = await wasTip(repository, source, reviewed.value);
  if (isReviewed.value === undefined) return { value: undefined, diagnostics: isReviewed.diagnostics };
  if (!isReviewed.value) {
    const params = { commit: source.slice(0, 12), branch: session.base.branch };
    return { value: undefined, diagnostics: [diagnose(reviewedCommit, { params })] };
  }
  const read = inputsOf(repository, { hash: source, name: 'HEAD' });
  const { compilations, diagnostics } = await compileEnvironments(context, { root, read, reuse: 'files' });
  if (diagnostics.some(isError)) return { value: undefined, diagnostics };
  const place = await openOutput(session, output ?? {});
  if (place.value === undefined) return { value: undefined, diagnostics: place.diagnostics };
  const { branch, tip } = place.value;
  const newer = await isNewer(place.value, repository, source, reviewed.value);
  if (newer.value === undefined) return { value: undefined, diagnostics: newer.diagnostics };
  const say = (text: string): Result<ExitCode> => {
    context.process.stdout.write(`${visibleText(text)}\n`);
    return success(exitCode.done);
  };
  if (newer.value) return say(`${branch}: a newer commit is published already`);
  const there =
    tip === undefined ? success(new Map()) : await renderedIn(place.value.repository, { hash: tip, name: branch }, folder, () => undefined);
  if (there.value === undefined) return { value: undefined, diagnostics: there.diagnostics };
  const edits = publishedEdits(compilations, there.value, folder, flags);
  if (edits.value === undefined) return { value: undefined, diagnostics: edits.diagnostics };
  if (edits.value.size === 0) return say(`${branch}: up to date`);
  const count = `${edits.value.size} ${edits.value.size === 1 ? 'file' : 'files'}`;
  if (flags.dryRun === true) return say(`${branch}: ${count} would change`);
  const pushed = await push(context, flags, session, place.value, edits.value);
  if (pushed.state === 'failed') return { value: undefined, diagnostics: pushed.diagnostics };
  return pushed.state === 'moved' ? { value: undefined, diagnostics: [] } : say(`${branch}: ${count} published`);
}

async function push(
  context: CliContext,
  { author, sign, signOff = false }: PublishFlags,
  { repository, access }: RemoteSession,
  { repository: own, remote, branch, tip }: OutputPlace,
  edits: ReadonlyMap<RepoPath, string | null>,
): Promise<PushOutcome> {
  const failed = (diagnostics: readonly Diagnostic[]): PushOutcome => ({ state: 'failed', diagnostics });
  const who = identitiesOf(repository, author);
  if (who.value === undefined) return failed(who.diagnostics);
  const [identities, at, source] = [who.value, context.now(), repository.head.commit ?? ''];
  const base = tip === undefined ? await rootCommit(own, identities, at, 'Rendered output begins') : success(tip);
  if (base.value === undefined) return failed(base.diagnostics);
  const message = `Render ${source.slice(0, 12)}\n\n${sourceTrailer}: ${source}\nMainsheet-Tool: ${context.version}\n`;
  const request = { base: base.value, edits, message, identities, at, sign: isSigned(repository, sign), signOff };
  const commit = await createCommit(own, request);
  if (commit.value === undefined) return failed(commit.diagnostics);
  return await pushBranch(own, remote, { branch, commit: commit.value.hash, expected: tip }, access);
}

/** Whether what is published was rendered from a later commit of the base branch: runs may overtake one another. */
async function isNewer(
  place: OutputPlace,
  repository: RemoteSession['repository'],
  source: string,
  baseTip: string,
): Promise<Result<boolean>> {
  if (place.tip === undefined) return success(false);
  const newest = await readCommit(place.repository, place.tip);
  const [, published] = newest.value?.trailers.find(([name]) => name === sourceTrailer) ?? [];
  if (published === undefined || !isHash(published) || published === source) return success(false);
  const known = await repository.run(['cat-file', '-e', `${published}^{commit}`]);
  if (known.code !== 0) return success(false);
  const wasReviewed = await wasTip(repository, published, baseTip);
  return wasReviewed.value === true ? await isAncestor(repository, source, published) : wasReviewed;
}

async function report(context: CliContext, diagnostics: readonly (Diagnostic | LocatedDiagnostic)[], tree: FileTree): Promise<ExitCode> {
  const create = await context.compiler();
  const located = create(tree, {}).locate(diagnostics);
  reportFindings(context, { diagnostics: located, tree, prefix: '' }, 'text', context.process.stderr);
  return exitCodeOf(located);
}

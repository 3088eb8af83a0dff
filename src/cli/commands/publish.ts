import { type Diagnostic, diagnose, isError, type LocatedDiagnostic } from '../../model/diagnostic.ts';
import type { ToldPublication } from '../../model/publication.ts';
import { type Result, success } from '../../model/result.ts';
import type { FileTree } from '../../model/source.ts';
import { readCommit, wasTip } from '../../repo/git/branch-commits.ts';
import { reviewedCommit } from '../../repo/git/diagnostics.ts';
import { renderPublicationsJson } from '../../report/publication-json.ts';
import { renderPublicationText } from '../../report/publication-text.ts';
import { visibleText } from '../../report/visible-text.ts';
import type { PublishFlags } from '../arguments/publish.ts';
import type { CliContext } from '../cli-context.ts';
import { compileEnvironments } from '../compile-environments.ts';
import { inputsOf } from '../diff/read-commit.ts';
import { type ExitCode, exitCode, exitCodeOf } from '../exit-code.ts';
import { openOutput } from '../propose/output-place.ts';
import { type BaseSession, baseOf, fetchBase, openRemoteSession, repositoryFaults } from '../propose/propose-session.ts';
import { sourceTrailer } from '../propose/source-trailer.ts';
import { checkPattern, hydrate } from '../publish/hydrate.ts';
import { publishTo } from '../publish/publish-to.ts';
import { reportFindings } from '../report-findings.ts';
import { usageError } from '../usage-error.ts';
import { rootOf, withWorkspace } from '../workspace.ts';

/** Renders the last commit into the branch or repository of rendered output. */
export async function publish(context: CliContext, flags: PublishFlags): Promise<ExitCode> {
  const root = rootOf(context, flags.root);
  if (flags.hydrate !== undefined) checkPattern(flags.hydrate);
  return await withWorkspace(context, { root }, async ({ inputs, diagnostics, tree, prefix }) => {
    const stopped = (found: readonly (Diagnostic | LocatedDiagnostic)[], texts: FileTree = new Map()) =>
      report(context, found, texts, prefix);
    if (inputs === undefined) {
      const faults = await repositoryFaults(root, context);
      return faults.length > 0 ? await stopped(faults) : await stopped(diagnostics, tree);
    }
    const { settings } = inputs;
    if (settings.output === undefined && flags.hydrate === undefined)
      throw usageError('rendered files stand beside the intents here, and are committed with them', ['`mainsheet render` writes them']);
    const opened = await openRemoteSession(context, root, settings, flags);
    if (opened.value === undefined) return await stopped(opened.diagnostics);
    const base = await baseOf(opened.value, settings, flags);
    if (base.value === undefined) return await stopped(base.diagnostics);
    const session = { ...opened.value, base: base.value };
    const { tell, finish } = telling(context, flags, session);
    for (const _attempt of [1, 2]) {
      const done = await attempt(context, flags, root, session, settings, tell);
      if (done.value === undefined && done.diagnostics.length === 0) continue;
      finish();
      return done.value ?? (await stopped(done.diagnostics, tree));
    }
    finish();
    context.process.stderr.write('error: another run keeps publishing; run again when it has ended\n');
    return exitCode.environmentFailed;
  });
}

/** Branch by branch for people, at once; for programs one document at the end, also of what was done before a failure. */
function telling({ process: { stdout } }: CliContext, { format }: PublishFlags, { repository, base }: BaseSession) {
  const all: ToldPublication[] = [];
  return {
    tell: (told: ToldPublication): void => {
      if (format === 'json') all.push(told);
      else stdout.write(renderPublicationText(told));
    },
    finish: (): void => {
      if (format === 'json') stdout.write(renderPublicationsJson(all, repository.head.commit ?? '', base.branch));
    },
  };
}

type Settings = Parameters<typeof openRemoteSession>[2];

/** No value and no findings: someone else has published meanwhile. */
async function attempt(
  context: CliContext,
  flags: PublishFlags,
  root: string,
  session: BaseSession,
  { output, rendered: folder }: Settings,
  tell: (told: ToldPublication) => void,
): Promise<Result<ExitCode | undefined>> {
  const { repository } = session;
  const source = repository.head.commit ?? '';
  const stopped = (diagnostics: readonly Diagnostic[]): Result<ExitCode | undefined> => ({ value: undefined, diagnostics });
  const reviewed = await fetchBase(session);
  if (reviewed.value === undefined) return stopped(reviewed.diagnostics);
  const isReviewed = await wasTip(repository, source, reviewed.value);
  if (isReviewed.value === undefined) return stopped(isReviewed.diagnostics);
  if (!isReviewed.value) {
    const params = { commit: source.slice(0, 12), branch: session.base.branch };
    return stopped([diagnose(reviewedCommit, { params })]);
  }
  const read = inputsOf(repository, { hash: source, name: 'HEAD' });
  const { compilations, diagnostics } = await compileEnvironments(context, { root, read, reuse: 'files' });
  if (diagnostics.some(isError)) return stopped(diagnostics);
  const publication = { context, flags, session, source, reviewed: reviewed.value, folder };
  if (flags.hydrate !== undefined) {
    const done = await hydrate(publication, compilations, flags.hydrate, output, tell);
    return done.value === 'done' ? success(exitCode.done) : stopped(done.diagnostics);
  }
  const place = await openOutput(session, output ?? {});
  if (place.value === undefined) return stopped(place.diagnostics);
  const newest = place.value.tip === undefined ? success(undefined) : await readCommit(place.value.repository, place.value.tip);
  const [, published] = newest.value?.trailers.find(([name]) => name === sourceTrailer) ?? [];
  const done = await publishTo(publication, { place: place.value, compilations, published });
  if (done.value === undefined || done.value.state === 'moved') return stopped(done.diagnostics);
  const { branch, tip } = place.value;
  if (tip === undefined && output?.branch === undefined && flags.format === 'text')
    context.process.stdout.write(`the repository of rendered output is empty: it begins with branch ${visibleText(branch)}\n`);
  tell({ branch, environments: [...compilations.keys()], publication: done.value });
  return success(exitCode.done);
}

async function report(
  context: CliContext,
  diagnostics: readonly (Diagnostic | LocatedDiagnostic)[],
  tree: FileTree,
  prefix: string,
): Promise<ExitCode> {
  const create = await context.compiler();
  const located = create(tree, {}).locate(diagnostics);
  reportFindings(context, { diagnostics: located, tree, prefix }, 'text', context.process.stderr);
  return exitCodeOf(located);
}

import { join, resolve } from 'node:path';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { isError } from '../../model/diagnostic.ts';
import { listWords } from '../../model/names.ts';
import { kindOfPath } from '../../repo/read-manifests.ts';
import { renderedFiles } from '../../repo/rendered-files.ts';
import { type RenderedFolder, readRendered } from '../../repo/rendered-folder.ts';
import { visibleText } from '../../report/visible-text.ts';
import type { FoundFolder, VerifiedRendering } from '../../verify-rendered.ts';
import type { VerifyFlags } from '../arguments/verify.ts';
import type { CliContext } from '../cli-context.ts';
import { type ExitCode, exitCodeOf } from '../exit-code.ts';
import { reportFindings } from '../report-findings.ts';
import { usageError } from '../usage-error.ts';
import { withWorkspace } from '../workspace.ts';

/** Says of each rendered folder whether everyone who applies it loads exactly what was rendered. */
export async function verify(context: CliContext, flags: VerifyFlags, ...paths: string[]): Promise<ExitCode> {
  const named = paths.length > 0 ? paths : [await renderedPath(context, flags)];
  const read = named.map((path) => readFolders(context, path));
  const unread = read.flatMap(({ diagnostics }) => diagnostics);
  const verifyRendered = await context.verifier();
  const verified = read.flatMap(({ folders }) => folders.map((folder) => ({ folder, found: verifyRendered(folder) })));
  const located = (await context.compiler())(new Map(), {}).locate(unread);
  const diagnostics = [...located, ...verified.flatMap(({ found }) => found.diagnostics)];
  const tree = new Map(
    verified.flatMap(({ folder }) => [...folder.files].map(([name, { text }]) => [join(folder.path, name), text] as const)),
  );
  const { stdout } = context.process;
  reportFindings(context, { diagnostics, tree, prefix: '' }, flags.format, stdout);
  if (flags.format === 'text' && !unread.some(isError))
    for (const { found } of verified.filter((one) => one.found.ok)) stdout.write(`${summary(found)}\n`);
  return exitCodeOf(diagnostics);
}

async function renderedPath(context: CliContext, flags: VerifyFlags): Promise<string> {
  return await withWorkspace(context, flags, async ({ inputs, prefix }) => `${prefix}${inputs?.settings.rendered ?? 'rendered'}`);
}

/** The folder itself where it is one that is applied, or else each folder in it. */
function readFolders(
  { workingFolder }: CliContext,
  path: string,
): { readonly folders: readonly FoundFolder[]; readonly diagnostics: readonly Diagnostic[] } {
  if (kindOfPath(workingFolder, path) !== 'folder') throw usageError(`no folder stands at "${path}"`, ['`mainsheet render` writes one']);
  const { value, diagnostics } = readRendered(resolve(workingFolder, path), '.');
  if (value === undefined) return { folders: [], diagnostics };
  const inside = [...new Set([...value.keys()].flatMap((name) => /^([^/]+)\//.exec(name)?.[1] ?? []))];
  const isApplied = [...value.keys()].some((name) => /^(shard-\d+\/)?kustomization\.ya?ml$/i.test(name) || /^[^/]+\.ya?ml$/.test(name));
  if (isApplied || inside.length === 0) return { folders: [foundFolder(path, value, '')], diagnostics };
  return { folders: inside.map((name) => foundFolder(join(path, name), value, `${name}/`)), diagnostics };
}

function foundFolder(path: string, all: RenderedFolder, prefix: string): FoundFolder {
  return { path: path.replace(/^\.\/|\/+$/g, ''), ...renderedFiles(all, prefix) };
}

/** "rendered/prod: 24 objects; kustomize, Argo CD's directory loader and Flux each load exactly these". */
function summary({ path, rendered, consumed }: VerifiedRendering): string {
  const objects = `${rendered} object${rendered === 1 ? '' : 's'}`;
  return visibleText(
    `${path}: ${objects}; ${listWords(consumed.map(({ consumer }) => consumer))} each load exactly ${rendered === 1 ? 'it' : 'these'}`,
  );
}

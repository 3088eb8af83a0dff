import { join, relative, resolve } from 'node:path';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { isError } from '../../model/diagnostic.ts';
import { isListed } from '../../model/listed-folder.ts';
import { byCodePoint, listWords } from '../../model/names.ts';
import type { FoundFolder, VerifiedRendering } from '../../pipelines/verify-rendered.ts';
import { kindOfPath } from '../../repo/read-manifests.ts';
import { renderedFiles } from '../../repo/rendered-files.ts';
import { type RenderedFolder, readRendered } from '../../repo/rendered-folder.ts';
import { sourceIgnores } from '../../repo/source-ignores.ts';
import { visibleText } from '../../report/visible-text.ts';
import type { VerifyFlags } from '../arguments/verify.ts';
import type { CliContext } from '../cli-context.ts';
import { type ExitCode, exitCodeOf } from '../exit-code.ts';
import { reportFindings } from '../report-findings.ts';
import { usageError } from '../usage-error.ts';
import { withWorkspace } from '../workspace.ts';

/** Says of each rendered folder whether everyone who applies it loads exactly what stands there. */
export async function verify(context: CliContext, flags: VerifyFlags, ...paths: string[]): Promise<ExitCode> {
  if (paths.some((path) => path.trim() === '')) throw usageError('one of the folders has no name');
  const intended = paths.length > 0 ? undefined : await intendedFolder(context, flags);
  const read = (intended === undefined ? [...new Set(paths)] : [intended.path]).map((path) =>
    readFolders(context, path, intended?.shards ?? new Map()),
  );
  const unread = read.flatMap(({ diagnostics }) => diagnostics);
  const verifyRendered = await context.verifier();
  const verified = read.flatMap(({ folders }) => folders.map((folder) => ({ folder, found: verifyRendered(folder) })));
  const located = (await context.compiler())(new Map(), {}).locate(unread);
  const diagnostics = [...located, ...verified.flatMap(({ found }) => found.diagnostics)];
  const tree = new Map(
    verified.flatMap(({ folder: { path, files, source } }) => [
      ...[...files].map(([name, { text }]) => [join(path, name), text] as const),
      ...(source?.ignores ?? []).map((file) => [file.path, file.text] as const),
    ]),
  );
  const { stdout } = context.process;
  reportFindings(context, { diagnostics, tree, prefix: '' }, flags.format, stdout);
  if (flags.format === 'text' && !unread.some(isError)) {
    const sound = verified.filter(({ found }) => found.ok);
    for (const { found } of sound) stdout.write(`${summary(found)}\n`);
    const hasIntents = (intended?.shards.size ?? 0) > 0;
    if (hasIntents && sound.length > 0) stdout.write('Whether that is what the intents say: `mainsheet render --check`\n');
  }
  return exitCodeOf(diagnostics);
}

/** The environments that the intents have, by name, and the number of shards of each. */
type Intended = ReadonlyMap<string, number>;

/** Where the repository has its rendered environments, and which it should have. */
async function intendedFolder(context: CliContext, flags: VerifyFlags): Promise<{ readonly path: string; readonly shards: Intended }> {
  return await withWorkspace(context, { ...flags, until: 'manifests' }, async ({ inputs, root }) => ({
    path: relative(context.workingFolder, join(root, inputs?.settings.rendered ?? 'rendered')) || '.',
    // Of an environment with errors in its intents it is only known that there is one.
    shards: new Map(inputs?.environments.map((name) => [name, inputs.compiler.compile(name).loaded?.environment.shards ?? 1])),
  }));
}

/** The folder itself where it is one that is applied, or else each folder in it, and those that should be. */
function readFolders(
  { workingFolder }: CliContext,
  path: string,
  intended: Intended,
): { readonly folders: readonly FoundFolder[]; readonly diagnostics: readonly Diagnostic[] } {
  if (kindOfPath(workingFolder, path) !== 'folder') throw usageError(`no folder stands at "${path}"`, ['`mainsheet render` writes one']);
  const { value, diagnostics } = readRendered(resolve(workingFolder, path), '.');
  if (value === undefined) return { folders: [], diagnostics };
  const inside = [...new Set([...value.keys()].flatMap((name) => /^([^/]+)\//.exec(name)?.[1] ?? []))];
  const isWhole = intended.size === 0 && (isListed(value.keys()) || !inside.some((name) => isListed(value.keys(), `${name}/`)));
  const inRepository = (folder: FoundFolder): FoundFolder => ({ ...folder, ...sourceOf(workingFolder, folder.path) });
  if (isWhole) return { folders: [inRepository(foundFolder(path, value, ''))], diagnostics };
  const folders = [...new Set([...inside, ...intended.keys()])].sort(byCodePoint).map((name) => {
    const shards = intended.get(name);
    return {
      ...inRepository(foundFolder(join(path, name), value, `${name}/`)),
      ...(shards === undefined ? { isLeft: intended.size > 0 } : { shards }),
    };
  });
  return { folders, diagnostics };
}

/** What above a folder says which files Flux fetches; files are named as seen from the working folder. */
function sourceOf(workingFolder: string, path: string): Pick<FoundFolder, 'source'> {
  const found = sourceIgnores(resolve(workingFolder, path));
  if (found === undefined) return {};
  const { folder, files } = found;
  const ignores = files.map((file) => {
    const up = folder.slice(file.folder.length).map(() => '..');
    return { ...file, path: join(path, ...up, '.sourceignore') };
  });
  return { source: { folder, ignores } };
}

function foundFolder(path: string, all: RenderedFolder, prefix: string): FoundFolder {
  return { path: path.replace(/^\.\/|\/+$/g, ''), ...renderedFiles(all, prefix) };
}

/** "24 objects in rendered/prod: kustomize, Argo CD's directory loader and Flux each load exactly what stands there". */
function summary({ path, rendered, consumed, isIntact }: VerifiedRendering): string {
  const objects = `${rendered} object${rendered === 1 ? '' : 's'}`;
  const consumers = listWords(consumed.map(({ consumer }) => consumer));
  const edited = isIntact ? '' : ', which was changed since it was rendered';
  return visibleText(`${objects} in ${path}: ${consumers} each load exactly what stands there${edited}`);
}

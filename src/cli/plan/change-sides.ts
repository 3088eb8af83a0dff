import { join, resolve } from 'node:path';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { FileTree } from '../../model/source.ts';
import type { ChangeSide } from '../../pipelines/change-side.ts';
import { readCommitTree } from '../../repo/git/read-commit-tree.ts';
import { openRepository } from '../../repo/git/repository.ts';
import { kindOfPath, readManifests } from '../../repo/read-manifests.ts';
import { readTree } from '../../repo/read-tree.ts';
import { readRendered } from '../../repo/rendered-folder.ts';
import type { CliContext } from '../cli-context.ts';
import { usageError } from '../usage-error.ts';
import type { Workspace } from '../workspace.ts';

export interface ReadSide {
  readonly side: ChangeSide;
  readonly diagnostics: readonly Diagnostic[];
}

/** A folder that was named: a repository of intents where it has environments, manifests otherwise. */
export function namedSide({ workingFolder }: CliContext, path: string, environment: string | undefined): ReadSide {
  if (!holdsIntents(workingFolder, path)) {
    const read = readManifests(workingFolder, path);
    return { side: { kind: 'manifests', tree: read.value ?? new Map() }, diagnostics: read.diagnostics };
  }
  if (environment === undefined) throw usageError(`"${path}" holds intents`, ['compare them with intents, or name an environment: --env']);
  const read = readTree(resolve(workingFolder, path), inputs, isInput);
  return { side: { kind: 'intents', tree: read.value ?? new Map(), environment }, diagnostics: read.diagnostics };
}

export function holdsIntents(workingFolder: string, path: string): boolean {
  if (kindOfPath(workingFolder, path) === undefined) throw usageError(`nothing stands at "${path}"`);
  return ['mainsheet.yaml', 'environments'].some((name) => kindOfPath(workingFolder, join(path, name)) !== undefined);
}

/** What is rendered, perhaps from the intents here or from those of the last commit. */
export async function renderedSide(context: CliContext, { root, tree, inputs: read }: Workspace, environment: string): Promise<ReadSide> {
  const rendered = readRendered(root, `${read?.settings.rendered ?? 'rendered'}/${environment}`);
  const files = [...(rendered.value ?? [])].flatMap(([path, entry]): readonly (readonly [string, string])[] =>
    entry.kind === 'file' && /\.ya?ml$/.test(path) && !/(^|\/)kustomization\.yaml$/.test(path) ? [[path, entry.text]] : [],
  );
  const folders = read === undefined ? inputs : ['mainsheet.yaml', read.settings.environments, read.settings.templates];
  const committed = files.length === 0 ? undefined : await lastCommitted(context, root, folders);
  const trees: readonly FileTree[] = [tree, ...(committed === undefined ? [] : [committed])];
  const perhapsFrom = trees.map((one) => ({ tree: one, environment }));
  return { side: { kind: 'manifests', tree: new Map(files), perhapsFrom }, diagnostics: rendered.diagnostics };
}

/** The inputs of the last commit; undefined where there is none that can be read: they are a help, and not needed. */
async function lastCommitted({ variables }: CliContext, root: string, folders: readonly string[]): Promise<FileTree | undefined> {
  const { value: repository } = await openRepository(root, variables);
  if (repository?.head.commit === undefined) return undefined;
  return (await readCommitTree(repository, repository.head.commit, folders, isInput)).value;
}

const inputs = ['mainsheet.yaml', 'environments', 'templates'];

function isInput(path: string): boolean {
  return /\.(ya?ml|hbs)$/.test(path);
}

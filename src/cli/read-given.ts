import type { Diagnostic } from '../model/diagnostic.ts';
import type { FileTree } from '../model/source.ts';
import { isLinkAt, kindOfPath, pipedManifests, readManifests } from '../repo/read-manifests.ts';
import type { CliContext } from './cli-context.ts';
import type { NamedInput } from './compiler.ts';
import { usageError } from './usage-error.ts';

export interface GivenFiles {
  readonly tree: FileTree;
  readonly unread: readonly Diagnostic[];
  /** Paths that could be read, and the files that they led to. */
  readonly named: readonly NamedInput[];
}

/** What paths of the command line hold, `-` being standard input. */
export async function readGiven(context: CliContext, paths: readonly string[]): Promise<GivenFiles> {
  const tree = new Map<string, string>();
  const unread: Diagnostic[] = [];
  const named: NamedInput[] = [];
  for (const path of paths) {
    const read = path === '-' ? pipedManifests(await context.readInput()) : readManifests(context.workingFolder, existing(context, path));
    for (const [file, text] of read.value ?? []) tree.set(file, text);
    if (read.value !== undefined) named.push({ path, files: [...read.value.keys()] });
    unread.push(...read.diagnostics);
  }
  return { tree, unread, named };
}

function existing({ workingFolder }: CliContext, path: string): string {
  if (kindOfPath(workingFolder, path) === undefined) {
    const isLink = isLinkAt(workingFolder, path);
    throw usageError(isLink ? `"${path}" is a symbolic link that leads nowhere` : `nothing stands at "${path}"`);
  }
  return path;
}

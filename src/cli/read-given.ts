import type { Diagnostic } from '../model/diagnostic.ts';
import type { FileTree } from '../model/source.ts';
import { kindOfPath, pipedManifests, readManifests } from '../repo/read-manifests.ts';
import type { CliContext } from './cli-context.ts';
import { usageError } from './usage-error.ts';

export interface GivenFiles {
  readonly tree: FileTree;
  readonly unread: readonly Diagnostic[];
}

/** What paths of the command line hold, `-` being standard input. */
export async function readGiven(context: CliContext, paths: readonly string[]): Promise<GivenFiles> {
  const tree = new Map<string, string>();
  const unread: Diagnostic[] = [];
  for (const path of paths) {
    const read = path === '-' ? pipedManifests(await context.readInput()) : readManifests(context.workingFolder, existing(context, path));
    for (const [file, text] of read.value ?? []) tree.set(file, text);
    unread.push(...read.diagnostics);
  }
  return { tree, unread };
}

function existing({ workingFolder }: CliContext, path: string): string {
  if (kindOfPath(workingFolder, path) === undefined) throw usageError(`nothing stands at "${path}"`);
  return path;
}

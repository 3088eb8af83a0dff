import { statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { closeFolder, openRoot } from './open-folder.ts';
import { readFile } from './read-file.ts';

/** Where a folder stands in its repository, and the files named `.sourceignore` above it, from the root down. */
export interface SourceIgnores {
  /** By names from the root of the repository; empty for the root itself. */
  readonly folder: readonly string[];
  readonly files: readonly { readonly folder: readonly string[]; readonly text: string }[];
}

const name = '.sourceignore';
/** More than anyone writes by hand. */
const limit = 1024 * 1024;

/** Undefined for a folder in no git repository: what of it will be fetched is not known then. Links are passed over. */
export function sourceIgnores(path: string): SourceIgnores | undefined {
  const whole = resolve(path);
  const root = repositoryOf(whole);
  if (root === undefined) return undefined;
  const folder = relative(root, whole)
    .split(sep)
    .filter((part) => part !== '');
  const files = folder.flatMap((_, i) => {
    const above = folder.slice(0, i);
    const text = ignoreText(join(root, ...above));
    return text === undefined ? [] : [{ folder: above, text }];
  });
  return { folder, files };
}

function repositoryOf(folder: string): string | undefined {
  if (statSync(join(folder, '.git'), { throwIfNoEntry: false }) !== undefined) return folder;
  return dirname(folder) === folder ? undefined : repositoryOf(dirname(folder));
}

function ignoreText(folder: string): string | undefined {
  if (statSync(join(folder, name), { throwIfNoEntry: false })?.isFile() !== true) return undefined;
  const open = openRoot(folder);
  try {
    const read = readFile(open, name, limit);
    return read.state === 'read' ? read.bytes.toString('utf8') : undefined;
  } finally {
    closeFolder(open);
  }
}

import type { RepoPath } from '../model/source.ts';
import { type Mark, readMark } from './mark.ts';
import type { RenderedFolder } from './rendered-folder.ts';

/** What whoever applies a rendered folder finds in it. */
export interface RenderedFiles {
  readonly files: ReadonlyMap<RepoPath, { readonly text: string; readonly mark: Mark }>;
  /** What is no plain file, and what it is. */
  readonly oddities: ReadonlyMap<RepoPath, string>;
}

/** The part of a folder beneath `prefix`: '' or a path with a slash at its end. */
export function renderedFiles(folder: RenderedFolder, prefix = ''): RenderedFiles {
  const files = new Map<RepoPath, { readonly text: string; readonly mark: Mark }>();
  const oddities = new Map<RepoPath, string>();
  for (const [path, entry] of folder) {
    if (!path.startsWith(prefix)) continue;
    const name = path.slice(prefix.length);
    if (entry.kind === 'file') files.set(name, { text: entry.text, mark: readMark(entry.text) });
    else if (entry.kind === 'symlink') oddities.set(name, 'symbolic link');
    else if (entry.kind === 'special') oddities.set(name, 'pipe, device or file too large to read');
  }
  return { files, oddities };
}

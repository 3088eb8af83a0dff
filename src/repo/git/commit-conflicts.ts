import { type Diagnostic, diagnose } from '../../model/diagnostic.ts';
import { foldPath, outputFolderFault, showPath } from '../../model/path-rules.ts';
import type { RepoPath } from '../../model/source.ts';
import { commitPathFree } from './diagnostics.ts';
import type { TreeEntry } from './tree-entries.ts';

/** New texts by path from the top of the work tree; null = gone. */
export type TreeEdits = ReadonlyMap<RepoPath, string | null>;

/**
 * What of the edits a commit cannot hold beside what it already holds: names that no checkout can have, a file where a folder is or the
 * other way round, a link or submodule in the way, two names that differ in case alone. Git would drop the one that was there.
 */
export function commitConflicts(existing: readonly TreeEntry[], edits: TreeEdits): readonly Diagnostic[] {
  const kept = existing.filter(({ path }) => edits.get(path) === undefined || edits.get(path) !== null);
  const written = [...edits].flatMap(([path, text]) => (text === null ? [] : [path]));
  const kinds = new Map(kept.map(({ path, kind }) => [path, kind]));
  const all = [...new Set([...kinds.keys(), ...written])];
  const folders = new Set(all.flatMap((path) => [...parentsOf(path)]));
  const spellings = spellingsOf(all);
  return written.flatMap((path): readonly Diagnostic[] => {
    const reason = outputFolderFault(path) ?? inTheWay(path, kinds, folders, edits) ?? clash(path, spellings);
    return reason === undefined ? [] : [diagnose(commitPathFree, { params: { path: showPath(path), reason } })];
  });
}

function inTheWay(
  path: RepoPath,
  kinds: ReadonlyMap<RepoPath, TreeEntry['kind']>,
  folders: ReadonlySet<RepoPath>,
  edits: TreeEdits,
): string | undefined {
  const kind = kinds.get(path);
  if (kind !== undefined && kind !== 'file') return `a ${kind} stands there`;
  if (folders.has(path)) return 'a folder stands there';
  for (const parent of parentsOf(path)) {
    const above = kinds.get(parent) ?? (typeof edits.get(parent) === 'string' ? 'file' : undefined);
    if (above !== undefined) return `${showPath(parent)} is a ${above}, not a folder`;
  }
  return undefined;
}

/** Every path and folder by its folded spelling. */
function spellingsOf(paths: readonly RepoPath[]): ReadonlyMap<string, ReadonlySet<RepoPath>> {
  const spellings = new Map<string, Set<RepoPath>>();
  for (const path of paths) {
    for (const one of [path, ...parentsOf(path)]) {
      const folded = foldPath(one);
      const known = spellings.get(folded);
      if (known === undefined) spellings.set(folded, new Set([one]));
      else known.add(one);
    }
  }
  return spellings;
}

function clash(path: RepoPath, spellings: ReadonlyMap<string, ReadonlySet<RepoPath>>): string | undefined {
  for (const one of [path, ...parentsOf(path)]) {
    const other = [...(spellings.get(foldPath(one)) ?? [])].find((spelling) => spelling !== one);
    if (other !== undefined) return `${showPath(other)} is the same name where case is ignored`;
  }
  return undefined;
}

function* parentsOf(path: RepoPath): Generator<RepoPath, void, undefined> {
  for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) yield path.slice(0, at);
}

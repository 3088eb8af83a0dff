import { withLineFeeds } from '../model/line-ends.ts';
import { byCodePoint } from '../model/names.ts';
import type { FileTree, RepoPath } from '../model/source.ts';
import { type Mark, readMark } from './mark.ts';
import type { RenderedEntry, RenderedFolder } from './rendered-folder.ts';

/** How an output folder differs from what should be in it; each list sorted, paths relative to the folder. */
export interface RenderedComparison {
  readonly create: readonly RepoPath[];
  readonly update: readonly RepoPath[];
  readonly unchanged: readonly RepoPath[];
  /** Rendered once, untouched since, and no longer wanted. */
  readonly leftover: readonly RepoPath[];
  /** Changed by hand since they were rendered: wanted ones, and ones no longer wanted. */
  readonly edited: readonly RepoPath[];
  readonly editedLeftover: readonly RepoPath[];
  /** Not Mainsheet's, on a path that is wanted. */
  readonly inTheWay: readonly RepoPath[];
  /** Not Mainsheet's, but a loader of the folder could apply them. */
  readonly foreign: readonly RepoPath[];
  readonly symlinks: readonly RepoPath[];
  /** Left by a run that was killed. */
  readonly temporary: readonly RepoPath[];
}

type Verdict = keyof RenderedComparison;

export function compareRendered(existing: RenderedFolder, desired: FileTree): RenderedComparison {
  const lists: Record<Verdict, RepoPath[]> = {
    create: [],
    update: [],
    unchanged: [],
    leftover: [],
    edited: [],
    editedLeftover: [],
    inTheWay: [],
    foreign: [],
    symlinks: [],
    temporary: [],
  };
  const obstacles = new Set<RepoPath>();
  for (const [path, text] of desired) {
    const entry = existing.get(path);
    for (const parent of parents(path)) if (isObstacle(existing.get(parent))) obstacles.add(parent);
    if (entry?.kind !== 'symlink') lists[wanted(entry, text)].push(path);
  }
  for (const [path, entry] of existing) {
    const verdict = desired.has(path) && entry.kind !== 'symlink' ? undefined : unwanted(path, entry);
    if (obstacles.has(path)) lists.inTheWay.push(path);
    else if (verdict !== undefined) lists[verdict].push(path);
  }
  for (const list of Object.values(lists)) list.sort(byCodePoint);
  return lists;
}

function wanted(entry: RenderedEntry | undefined, text: string): Verdict {
  if (entry === undefined) return 'create';
  if (entry.kind !== 'file') return 'inTheWay';
  if (entry.text === text || withLineFeeds(entry.text) === withLineFeeds(text)) return 'unchanged';
  const verdicts: Record<Mark, Verdict> = { intact: 'update', edited: 'edited', none: 'inTheWay' };
  return verdicts[readMark(entry.text)];
}

function unwanted(path: RepoPath, entry: RenderedEntry): Verdict | undefined {
  if (entry.kind === 'symlink') return 'symlinks';
  if (entry.kind === 'temporary') return 'temporary';
  if (entry.kind === 'folder') return undefined;
  const mark = entry.kind === 'file' ? readMark(entry.text) : 'none';
  if (mark === 'none') return isAppliedByLoaders(path) ? 'foreign' : undefined;
  return mark === 'intact' ? 'leftover' : 'editedLeftover';
}

function isAppliedByLoaders(path: RepoPath): boolean {
  return /(\.(ya?ml|json)|(^|\/)kustomization)$/i.test(path);
}

function isObstacle(entry: RenderedEntry | undefined): boolean {
  return entry !== undefined && entry.kind !== 'folder' && entry.kind !== 'symlink';
}

function* parents(path: RepoPath): Generator<RepoPath, void, undefined> {
  for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) yield path.slice(0, at);
}

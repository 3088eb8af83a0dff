import { byCodePoint } from '../model/names.ts';
import type { FileTree, RepoPath } from '../model/source.ts';
import { compareRendered } from './compare-rendered.ts';
import type { RenderedFolder } from './rendered-folder.ts';

/** What `render --check` reports; each list sorted, paths relative to the output folder. */
export interface RenderCheck {
  /** All of it is as a render would leave it. */
  readonly upToDate: boolean;
  readonly missing: readonly RepoPath[];
  readonly stale: readonly RepoPath[];
  readonly edited: readonly RepoPath[];
  readonly leftover: readonly RepoPath[];
  /** What would make a render refuse: links, manifests of others, and whatever stands in the way. */
  readonly foreign: readonly RepoPath[];
}

/** Compares and writes nothing. A killed run's temporary files don't count: git may ignore them, and nobody applies them. */
export function checkRendered(existing: RenderedFolder, desired: FileTree): RenderCheck {
  const found = compareRendered(existing, desired);
  const lists = {
    missing: found.create,
    stale: found.update,
    edited: [...found.edited, ...found.editedLeftover].sort(byCodePoint),
    leftover: found.leftover,
    foreign: [...found.inTheWay, ...found.foreign, ...found.symlinks].sort(byCodePoint),
  };
  return { upToDate: Object.values(lists).every((list) => list.length === 0), ...lists };
}

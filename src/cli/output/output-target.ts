import type { FileTree, RepoPath } from '../../model/source.ts';

/** A folder that shall hold exactly these files. */
export interface OutputTarget {
  readonly environment: string;
  /** Absolute. */
  readonly root: string;
  /** Below the root. */
  readonly out: RepoPath;
  /** Empty for an environment that is no more. */
  readonly files: FileTree;
  /** Any number of files may go: the same objects stand in others. */
  readonly onlyMoves?: boolean;
  /** What is left to do, where this is a step of more. */
  readonly next?: string;
}

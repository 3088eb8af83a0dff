import type { LocatedDiagnostic } from '../model/diagnostic.ts';
import type { FileTree, RepoPath } from '../model/source.ts';
import type { NamedComparison } from './comparison-text.ts';

/** What a save did to one input file. */
export interface SavedFile {
  readonly path: RepoPath;
  readonly change: 'changed' | 'new' | 'removed';
}

/** What was done to the output folder of one environment. */
export interface WatchedEnvironment {
  readonly name: string;
  readonly files: number;
  /** Absent where nothing may be written. */
  readonly written?: number;
  readonly removed?: number;
}

/** What became of one save. Paths are as seen from where the command runs. */
export interface WatchedRound {
  /** 'held-back': something is wrong, and what was rendered before still stands. */
  readonly state: 'rendered' | 'held-back';
  /** Since the round before; empty in the first. */
  readonly saved: readonly SavedFile[];
  /** From the moment when inputs were read until all was written and compared. */
  readonly milliseconds: number;
  /** Those whose files are others than before; all in the first round. */
  readonly environments: readonly WatchedEnvironment[];
  /** With what the last good save made of these environments. */
  readonly comparisons: readonly NamedComparison[];
  /** All that is found now, and the texts it speaks of. */
  readonly diagnostics: readonly LocatedDiagnostic[];
  readonly tree: FileTree;
  /** Why nothing could be tried, where that is no finding in a file. */
  readonly refusal?: { readonly message: string; readonly hints: readonly string[] };
}

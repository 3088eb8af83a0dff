import type { RepoPath } from './source.ts';

/** What became of a branch of rendered output: an outcome of `mainsheet publish`. */
export type BranchPublication =
  /** What stands there was rendered from a later commit. */
  | { readonly state: 'newer' }
  | { readonly state: 'same'; readonly commit: string | undefined }
  /** In a dry run: whole texts by path, null = gone. */
  | { readonly state: 'would change'; readonly edits: ReadonlyMap<RepoPath, string | null> }
  /** By one commit that changes so many rendered files. */
  | { readonly state: 'published'; readonly files: number; readonly commit: string };

/** The same with whose it is. */
export interface ToldPublication {
  readonly branch: string;
  readonly environments: readonly string[];
  readonly publication: BranchPublication;
}

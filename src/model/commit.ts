import type { RepoPath } from './source.ts';

/** Who did something to a commit, and when. */
export interface Signature {
  readonly name: string;
  readonly email: string;
  /** Seconds since 1970, by the clock of whoever did it. */
  readonly at: number;
}

/** What git says of a commit. */
export interface Commit {
  readonly hash: string;
  /** The first is the one that a merge went into. */
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly subject: string;
  /** The last lines of the message, such as `Signed-off-by: Jason <jason@example.com>`, in order. */
  readonly trailers: readonly (readonly [key: string, value: string])[];
}

/** A commit of a branch's first-parent history, with what it, or the merge that it is, changed. */
export interface HistoryCommit extends Commit {
  readonly changes: readonly ChangedBlob[];
  /**
   * Seconds since 1970: it came to the branch no sooner, whatever its own date is. A rebase or a clock that is wrong dates a commit before those that
   * it stands on.
   */
  readonly notBefore?: number;
}

/** A file before and after, by the hashes of its contents; undefined where it was not, or is not any more. */
export interface ChangedBlob {
  readonly path: RepoPath;
  readonly before?: string;
  readonly after?: string;
}

import type { RepoPath } from './source.ts';

/** What one branch and at most one open pull request are about. */
export interface PullRequestKey {
  readonly environment: string;
  /** A service or external as the intent names it, a train, or undefined for a change of the environment as a whole. */
  readonly subject?: string;
  /** Where Mainsheet's root is in the repository: 'mesh', 'teams/stars'. Absent = at its top. Two roots have nothing in common. */
  readonly root?: RepoPath;
}

/** A key in the root that lies at this prefix: '' or 'mesh/'. */
export function keyIn(prefix: RepoPath, key: PullRequestKey): PullRequestKey {
  const root = rootAt(prefix);
  return root === undefined ? key : { ...key, root };
}

/** As keys have it. */
export function rootAt(prefix: RepoPath): RepoPath | undefined {
  return prefix === '' ? undefined : prefix.replace(/\/$/, '');
}

/** What a tool has to know of a pull request that it made: the last lines of its commit and of its body. */
export interface PullRequestTrailer {
  /** Of this record; a reader of an older one refuses a newer one. */
  readonly schema: 1;
  readonly key: PullRequestKey;
  /** Of everything that the pull request proposes, base excepted: same digest, same content. */
  readonly digest: string;
  /** The commit on the base branch that it was made from. */
  readonly base: string;
  /** Mainsheet's version. */
  readonly tool: string;
  /** 'canary-25', 'expand', 'rollback': absent for a change that is no step of a plan. */
  readonly step?: string;
  /** What each gate saw that let it be proposed, as one line of JSON each; in the commit alone. */
  readonly gates?: readonly string[];
  /** It was pushed to the base branch itself: nobody was asked. */
  readonly isDirect?: boolean;
}

/** A pull request as it shall be. */
export interface PullRequestDraft {
  readonly key: PullRequestKey;
  readonly branch: string;
  /** The branch that it asks to change. */
  readonly base: string;
  readonly title: string;
  /** Markdown within the forge's limit. */
  readonly body: string;
  /** New texts by path from the repository's root; null = the file is gone. */
  readonly edits: ReadonlyMap<RepoPath, string | null>;
  /** Said in the commit between its title, which is the pull request's, and its trailers. */
  readonly commitText?: string;
  readonly labels: readonly string[];
  readonly reviewers: readonly string[];
  readonly draft: boolean;
  readonly automerge: boolean;
  /** One per check, posted to the head commit where the forge has them. */
  readonly statuses: readonly CommitStatus[];
  readonly trailer: PullRequestTrailer;
}

/** A check's verdict on a commit, with its reason. */
export interface CommitStatus {
  /** 'mainsheet/proof', 'mainsheet/gate/success-rate' */
  readonly name: string;
  readonly state: 'success' | 'failure' | 'pending' | 'error';
  readonly description: string;
  readonly url?: string;
  /** When it was posted, by the forge's clock, seconds since 1970. Absent where the forge does not tell, and in what is still to be posted. */
  readonly at?: number;
}

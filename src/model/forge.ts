import type { CommitStatus } from './pull-request.ts';

/** Forgejo speaks Gitea's API. 'local' is a folder: a branch and a Markdown file. */
export type ForgeKind = 'github' | 'gitlab' | 'gitea' | 'local';

/** `forge:` of mainsheet.yaml. */
export interface ForgeSetting {
  readonly kind: ForgeKind | 'forgejo';
  /** Of its pages: 'https://git.example.com'. */
  readonly url?: string;
  /** The environment variable with its token. */
  readonly tokenEnv?: string;
}

/** A repository on a forge, and how to speak to it. */
export interface ForgeAddress {
  readonly kind: Exclude<ForgeKind, 'local'>;
  /** Of its API: 'https://api.github.com', 'https://gitlab.example.com/api/v4'. Without a slash at the end. */
  readonly api: string;
  /** 'owner/name', on GitLab with any number of groups. */
  readonly repository: string;
  readonly token: string;
}

/** What a forge says of a pull request. */
export interface ForgePullRequest {
  readonly number: number;
  /** For people. */
  readonly url: string;
  readonly state: 'open' | 'closed' | 'merged';
  /** The branch that it asks to merge, of this repository itself: those of forks are never listed. */
  readonly branch: string;
  /** Its tip as the forge last saw it: may lag behind the push. */
  readonly headCommit: string;
  readonly base: string;
  readonly title: string;
  readonly body: string;
  readonly draft: boolean;
  readonly labels: readonly string[];
  /** Login names. */
  readonly author: string;
  /** Whether it merges by itself; absent where the forge does not tell. */
  readonly automerge?: boolean;
  /** Of the merge, where it was merged and the forge tells. */
  readonly mergeCommit?: string;
}

/** What a pull request shall say. */
export interface WantedPullRequest {
  readonly branch: string;
  readonly base: string;
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
  readonly reviewers: readonly string[];
  /** How it is opened; afterwards that is for people to change. */
  readonly draft: boolean;
  /** Asked for by an update once it is there, since that takes the head. */
  readonly automerge: boolean;
}

/** Only what is named is changed. Labels are added, never taken away: a person's stay. */
export interface PullRequestChange {
  readonly title?: string;
  readonly body?: string;
  readonly base?: string;
  readonly draft?: boolean;
  readonly addLabels?: readonly string[];
  /** Asked to review, before all else: a failure leaves the rest undone, a refusal is a warning. Where `asksReviewersApart` alone. */
  readonly reviewers?: readonly string[];
  readonly state?: 'closed' | 'open';
  /**
   * Merge by itself once the forge's rules allow it, which may be at once, and only while the head is this commit; or don't any more.
   * Where the forge has no such thing, that is a warning.
   */
  readonly automerge?: { readonly head: string } | 'off';
}

/** Why a forge did not do what it was asked. */
export interface ForgeFailure {
  readonly kind:
    | 'unauthorized' // 401: no token, or one that has expired
    | 'forbidden' // 403, or a 404 where something is hidden: a scope is missing
    | 'absent' // 404 of what was there
    | 'conflict' // 409 or 422: there is one already, or nothing to merge
    | 'invalid' // 400 or 422: the forge refuses what was sent
    | 'limited' // 429, or 403 by a rate limit, after waiting as long as is allowed
    | 'unavailable' // 5xx, no connection, time-out
    | 'unreadable'; // an answer that is not what its API promises
  /** For people; without secrets, control characters and markup. */
  readonly message: string;
  /** What has to be changed, where that is known: 'the token needs the scope pull_requests:write'. */
  readonly advice?: string;
}

export type ForgeResult<T> =
  | {
      readonly ok: true;
      readonly value: T;
      /** What did not work and does not matter: a label that is not there. */
      readonly warnings: readonly string[];
    }
  | { readonly ok: false; readonly failure: ForgeFailure };

/** What is in `comment`'s text so that it is found again: one comment for each mark and pull request. */
export type CommentMark = string;

/**
 * A forge, as far as one repository on it is concerned. Each call may be repeated: it looks before it creates.
 * Calls do not throw but for bugs; waiting and trying again is theirs, within the deadline that they were made with.
 */
export interface ForgePort {
  readonly id: ForgeKind;
  readonly limits: ForgeLimits;
  /** `create` asks nobody to review: that takes a request of its own, by `update`. */
  readonly asksReviewersApart?: true;
  /** Pull requests of a branch of this repository, in every state, newest first. */
  readonly find: (branch: string) => Promise<ForgeResult<readonly ForgePullRequest[]>>;
  readonly create: (wanted: WantedPullRequest) => Promise<ForgeResult<ForgePullRequest>>;
  readonly update: (number: number, change: PullRequestChange) => Promise<ForgeResult<ForgePullRequest>>;
  /** Writes the comment with this mark, or makes it say this. */
  readonly comment: (number: number, mark: CommentMark, text: string) => Promise<ForgeResult<void>>;
  /** The commit's statuses, newest of each name. */
  readonly statuses: (commit: string) => Promise<ForgeResult<readonly CommitStatus[]>>;
  /** Posts statuses that differ from those that are there. */
  readonly report: (commit: string, statuses: readonly CommitStatus[]) => Promise<ForgeResult<void>>;
}

export interface ForgeLimits {
  /** UTF-16 units; the body's is below the forge's own by a margin. */
  readonly title: number;
  readonly body: number;
  /** Whether it draws Mermaid. */
  readonly mermaid: boolean;
}

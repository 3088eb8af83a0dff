import type { ForgePullRequest } from '../model/forge.ts';

/** The branch of a key on the remote. */
export interface BranchState {
  readonly tip: string;
  /** Its tip's content, as the trailers of the commit say; undefined where it has none of ours. */
  readonly digest?: string;
  /** Whether every commit that the base does not have is one of ours, untouched. */
  readonly isOurs: boolean;
  /** Whether it already is what would be pushed: the same files, on the same base. */
  readonly isCurrent: boolean;
}

export interface PullRequestState {
  /** Undefined where the remote has no such branch. */
  readonly branch?: BranchState;
  /** Of this branch, in every state, newest first. */
  readonly pulls: readonly ForgePullRequest[];
  /** What is to be proposed; undefined where nothing is left to be. */
  readonly wanted?: { readonly digest: string; readonly base: string };
  /** The content of a pull request whose branch is gone, as far as its body tells. */
  readonly digestOf: (pull: ForgePullRequest) => string | undefined;
}

export type PullRequestAction =
  /** Push where the branch is not current, then create a pull request, or make the one that is open say the new. */
  | {
      readonly kind: 'propose';
      readonly push: boolean;
      readonly pull?: ForgePullRequest;
      readonly superfluous: readonly ForgePullRequest[];
    }
  /** A person's hand is on it: nothing is pushed or edited, one comment says so where there is an open pull request. */
  | { readonly kind: 'leave'; readonly because: 'commits' | 'retargeted'; readonly pull?: ForgePullRequest }
  /** A person closed this very content. */
  | { readonly kind: 'stays-closed'; readonly pull: ForgePullRequest }
  /** Nothing is left to propose: the open pull requests are closed with a comment. */
  | { readonly kind: 'close'; readonly pulls: readonly ForgePullRequest[] }
  | { readonly kind: 'nothing' };

/**
 * What becomes of a key's pull request, from what the remote and the forge hold now and nothing else: run twice, late or beside another run,
 * the answer is about what is there.
 */
export function decidePullRequest({ branch, pulls, wanted, digestOf }: PullRequestState): PullRequestAction {
  const open = pulls.filter(({ state }) => state === 'open');
  const [newest] = pulls;
  // What was merged needs nobody's protection any more, whoever wrote it.
  const isMerged = branch !== undefined && pulls.some(({ state, headCommit }) => state === 'merged' && headCommit === branch.tip);
  if (branch?.isOurs === false && !isMerged) {
    if (wanted === undefined && open.length === 0) return { kind: 'nothing' };
    return { kind: 'leave', because: 'commits', ...(open[0] === undefined ? {} : { pull: open[0] }) };
  }
  if (wanted === undefined) return open.length === 0 ? { kind: 'nothing' } : { kind: 'close', pulls: open };
  const here = open.filter(({ base }) => base === wanted.base);
  if (open[0] !== undefined && here.length === 0) return { kind: 'leave', because: 'retargeted', pull: open[0] };
  // The oldest: it has been read, and talked about.
  const pull = here.at(-1);
  if (pull === undefined && newest?.state === 'closed') {
    const closed = branch !== undefined && branch.tip === newest.headCommit ? branch.digest : digestOf(newest);
    if (closed === wanted.digest) return { kind: 'stays-closed', pull: newest };
  }
  const push = branch === undefined || !branch.isCurrent;
  return { kind: 'propose', push, ...(pull === undefined ? {} : { pull }), superfluous: here.slice(0, -1) };
}

import type { ForgePullRequest, PullRequestChange, WantedPullRequest } from '../../model/forge.ts';
import { sameText } from './marked-text.ts';

/** What is proposed, besides how it reads. */
export interface ProposedContent {
  /** Of everything that is proposed, base excepted. */
  readonly digest: string;
  /** The commit that the branch now has. */
  readonly head: string;
  /** The digest in a body's trailer; undefined where there is none, and so the pull request is not ours. */
  readonly digestOf: (body: string) => string | undefined;
  /** A person asks for just this now, whatever a person answered before: what was closed is opened anew. */
  readonly isAskedFor?: boolean;
}

/** Why a pull request is left as it is, and no other opened. */
export type LeftAlone =
  | 'closed by a person' // with the same content: that was an answer
  | 'merged' // this very commit
  | 'retargeted' // a person gave it another base
  | 'foreign'; // someone else's, on our branch

export type PullRequestDecision =
  | { readonly action: 'create' }
  | { readonly action: 'leave'; readonly why: LeftAlone; readonly pullRequest: ForgePullRequest }
  | {
      readonly action: 'keep';
      readonly pullRequest: ForgePullRequest;
      /** Only what differs; empty where nothing does. */
      readonly change: PullRequestChange;
      /** Older open ones of the same branch and base, to be closed. */
      readonly surplus: readonly ForgePullRequest[];
    };

/**
 * What becomes of the pull requests of one branch. A pure function: of the same state it decides the same, in whatever order a forge lists those
 * that were opened in the same second. So two runs never close each other's: whoever closes one has seen a newer one.
 */
export function decidePullRequest(
  wanted: WantedPullRequest,
  listed: readonly ForgePullRequest[],
  content: ProposedContent,
): PullRequestDecision {
  const found = [...listed].sort((a, b) => b.number - a.number);
  const open = found.filter(({ state }) => state === 'open');
  const ours = open.filter(({ body }) => content.digestOf(body) !== undefined);
  const [kept, ...surplus] = ours.filter(({ base }) => base === wanted.base);
  if (kept !== undefined) return { action: 'keep', pullRequest: kept, change: changeOf(kept, wanted, content.head), surplus };
  const foreign = open.find(({ base, body }) => base === wanted.base && content.digestOf(body) === undefined);
  if (foreign !== undefined) return { action: 'leave', why: 'foreign', pullRequest: foreign };
  const [retargeted] = ours;
  if (retargeted !== undefined) return { action: 'leave', why: 'retargeted', pullRequest: retargeted };
  return decideWithoutOpen(wanted, found, content);
}

/** Closed says no to its content for as long as nothing was merged since, and nobody asks for it by name. */
function decideWithoutOpen(wanted: WantedPullRequest, found: readonly ForgePullRequest[], content: ProposedContent): PullRequestDecision {
  const sameBase = found.filter(({ base }) => base === wanted.base);
  const merge = sameBase.findIndex(({ state }) => state === 'merged');
  const merged = sameBase[merge];
  if (merge === 0 && merged?.headCommit === content.head) return { action: 'leave', why: 'merged', pullRequest: merged };
  if (content.isAskedFor === true) return { action: 'create' };
  const sinceMerge = merge === -1 ? sameBase : sameBase.slice(0, merge);
  const closed = sinceMerge.find(({ state, body }) => state === 'closed' && content.digestOf(body) === content.digest);
  return closed === undefined ? { action: 'create' } : { action: 'leave', why: 'closed by a person', pullRequest: closed };
}

/** A person's draft, labels and reviewers stay. Automatic merging follows the content: what was harmless may be so no more. */
function changeOf(kept: ForgePullRequest, wanted: WantedPullRequest, head: string): PullRequestChange {
  const { title, body, labels, automerge } = wanted;
  const addLabels = labels.filter((label) => !kept.labels.includes(label));
  return {
    ...(sameText(kept.title, title) ? {} : { title }),
    ...(sameText(kept.body, body) ? {} : { body }),
    ...(addLabels.length === 0 ? {} : { addLabels }),
    ...(automerge && kept.automerge !== true ? { automerge: { head } } : {}),
    ...(!automerge && kept.automerge !== false ? { automerge: 'off' } : {}),
  };
}

import type { ForgePullRequest } from '../../model/forge.ts';
import type { CommitStatus } from '../../model/pull-request.ts';
import { gitlabDrafts } from './draft-title.ts';
import { forgeFault } from './forge-fault.ts';
import {
  type Answer,
  commitIn,
  flag,
  listIn,
  objectIn,
  optionalMember,
  optionalText,
  optionalTime,
  text,
  wholeNumber,
} from './read-answer.ts';

/** Those of forks are left out: anyone can name a branch of a fork like ours. */
export function readGitlabMerges(data: unknown): readonly ForgePullRequest[] {
  const isOurs = (merge: Answer) =>
    merge.source_project_id !== null && wholeNumber(merge, 'source_project_id') === wholeNumber(merge, 'target_project_id');
  return listIn(data, 'the list of merge requests').filter(isOurs).map(readGitlabMerge);
}

export function readGitlabMerge(data: unknown): ForgePullRequest {
  const merge = objectIn(data, 'the merge request');
  const state = stateOf(text(merge, 'state'));
  const { labels } = merge;
  if (!Array.isArray(labels) || !labels.every((label) => typeof label === 'string'))
    throw forgeFault('unreadable', 'labels of the merge request are no texts');
  const headCommit = commitIn(merge, 'sha');
  return {
    number: wholeNumber(merge, 'iid'),
    url: text(merge, 'web_url'),
    state,
    branch: text(merge, 'source_branch'),
    headCommit,
    base: text(merge, 'target_branch'),
    title: gitlabDrafts.read(text(merge, 'title')),
    body: optionalText(merge, 'description'),
    draft: flag(merge, 'draft'),
    labels,
    author: optionalText(optionalMember(merge, 'author') ?? {}, 'username'),
    automerge: flag(merge, 'merge_when_pipeline_succeeds'),
    // A fast-forward has no commit of its own.
    ...(state === 'merged'
      ? { mergeCommit: optionalText(merge, 'merge_commit_sha') || optionalText(merge, 'squash_commit_sha') || headCommit }
      : {}),
  };
}

function stateOf(state: string): ForgePullRequest['state'] {
  if (state === 'merged' || state === 'closed') return state;
  // 'locked' is one that is being merged right now.
  if (state === 'opened' || state === 'locked') return 'open';
  throw forgeFault('unreadable', `the forge knows a state of merge requests that this release does not: ${state}`);
}

/** GitLab has no state of its own for a check that could not be made. */
export const gitlabStates = { success: 'success', failure: 'failed', pending: 'pending', error: 'failed' } as const;

export function readGitlabStatuses(data: unknown): readonly CommitStatus[] {
  return listIn(data, 'statuses').map((status) => {
    const url = optionalText(status, 'target_url');
    const state = text(status, 'status');
    // One that was pending before keeps the time at which it was first posted.
    const at = optionalTime(status, 'finished_at', 'started_at', 'created_at');
    return {
      name: text(status, 'name'),
      state: state === 'success' ? state : state === 'failed' ? 'failure' : state === 'canceled' ? 'error' : 'pending',
      description: optionalText(status, 'description'),
      ...(url === '' ? {} : { url }),
      ...(at === undefined ? {} : { at }),
    };
  });
}

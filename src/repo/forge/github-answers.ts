import type { ForgePullRequest } from '../../model/forge.ts';
import type { CommitStatus } from '../../model/pull-request.ts';
import { forgeFault } from './forge-fault.ts';
import {
  type Answer,
  commitIn,
  flag,
  listIn,
  member,
  objectIn,
  optionalMember,
  optionalText,
  optionalTime,
  text,
  wholeNumber,
} from './read-answer.ts';

/** Those of forks are left out: anyone can name a branch of a fork like ours. */
export function readGithubPulls(data: unknown): readonly ForgePullRequest[] {
  return listIn(data, 'the list of pull requests').filter(isOfThisRepository).map(readGithubPull);
}

function isOfThisRepository(pull: Answer): boolean {
  const source = optionalMember(member(pull, 'head'), 'repo');
  return source !== undefined && wholeNumber(source, 'id') === wholeNumber(member(member(pull, 'base'), 'repo'), 'id');
}

export function readGithubPull(data: unknown): ForgePullRequest {
  const pull = objectIn(data, 'the pull request');
  const head = member(pull, 'head');
  const isMerged = optionalText(pull, 'merged_at') !== '';
  const mergeCommit = optionalText(pull, 'merge_commit_sha');
  return {
    number: wholeNumber(pull, 'number'),
    url: text(pull, 'html_url'),
    state: isMerged ? 'merged' : openOrClosed(text(pull, 'state')),
    branch: text(head, 'ref'),
    headCommit: commitIn(head, 'sha'),
    base: text(member(pull, 'base'), 'ref'),
    title: text(pull, 'title'),
    body: optionalText(pull, 'body'),
    draft: flag(pull, 'draft'),
    labels: listIn(pull.labels, 'labels').map((label) => text(label, 'name')),
    // The account may be gone.
    author: optionalText(optionalMember(pull, 'user') ?? {}, 'login'),
    automerge: optionalMember(pull, 'auto_merge') !== undefined,
    ...(isMerged && mergeCommit !== '' ? { mergeCommit } : {}),
  };
}

export function openOrClosed(state: string): 'open' | 'closed' {
  if (state === 'open' || state === 'closed') return state;
  throw forgeFault('unreadable', `the forge knows a state of pull requests that is neither open nor closed: ${state}`);
}

/** Of a combined status: newest of each context. */
export function readGithubStatuses(data: unknown): readonly CommitStatus[] {
  return readCombined(listIn(objectIn(data, 'the combined status').statuses, 'statuses'), 'state');
}

/** Gitea's is the same but for one name, and null where there is none. */
export function readGiteaStatuses(data: unknown): readonly CommitStatus[] {
  return readCombined(listIn(objectIn(data, 'the combined status').statuses ?? [], 'statuses'), 'status');
}

function readCombined(statuses: readonly Answer[], key: 'state' | 'status'): readonly CommitStatus[] {
  return statuses.map((status) => {
    const url = optionalText(status, 'target_url');
    const at = optionalTime(status, 'updated_at', 'created_at');
    return {
      name: text(status, 'context'),
      state: statusState(text(status, key)),
      description: optionalText(status, 'description'),
      ...(url === '' ? {} : { url }),
      ...(at === undefined ? {} : { at }),
    };
  });
}

/** Of Gitea as well, which adds `warning` and `skipped`. */
export function statusState(state: string): CommitStatus['state'] {
  if (state === 'success' || state === 'failure' || state === 'pending' || state === 'error') return state;
  return state === 'warning' || state === 'skipped' ? 'success' : 'pending';
}

import type { ForgePullRequest } from '../../model/forge.ts';
import { giteaDrafts } from './draft-title.ts';
import { openOrClosed } from './github-answers.ts';
import { type Answer, commitIn, flag, listIn, member, objectIn, optionalMember, optionalText, text, wholeNumber } from './read-answer.ts';

/** Those of forks are left out, and those whose branch's repository is gone. */
export function readGiteaPulls(data: unknown): readonly ForgePullRequest[] {
  return listIn(data, 'the list of pull requests').filter(isOfThisRepository).map(readGiteaPull);
}

function isOfThisRepository(pull: Answer): boolean {
  return wholeNumber(member(pull, 'head'), 'repo_id') === wholeNumber(member(pull, 'base'), 'repo_id');
}

export function readGiteaPull(data: unknown): ForgePullRequest {
  const pull = objectIn(data, 'the pull request');
  const head = member(pull, 'head');
  const title = text(pull, 'title');
  const mergeCommit = optionalText(pull, 'merge_commit_sha');
  const isMerged = flag(pull, 'merged');
  return {
    number: wholeNumber(pull, 'number'),
    url: text(pull, 'html_url'),
    state: isMerged ? 'merged' : openOrClosed(text(pull, 'state')),
    // Where the branch is gone, `ref` is the pull request's own reference, and `label` still the branch.
    branch: optionalText(head, 'label') || text(head, 'ref'),
    headCommit: commitIn(head, 'sha'),
    base: text(member(pull, 'base'), 'ref'),
    title: giteaDrafts.read(title),
    body: optionalText(pull, 'body'),
    draft: flag(pull, 'draft'),
    labels: listIn(pull.labels ?? [], 'labels').map((label) => text(label, 'name')),
    author: optionalText(optionalMember(pull, 'user') ?? {}, 'login'),
    ...(isMerged && mergeCommit !== '' ? { mergeCommit } : {}),
  };
}

import type { TellableProposal } from './proposal-text.ts';
import { rolloutsJson } from './rollout-json.ts';
import type { ToldRollout } from './rollout-text.ts';
import { visibleJson } from './visible-text.ts';

/**
 * `{version: 1, base: {branch, commit}, proposals: [{key, branch, title, digest, step?, outcome, why?, pushed, commit?, pullRequest?, warnings,
 * labels, reviewers, draft, automerge, statuses, files, body}], rollouts?}`; files by path, null = gone, only in a dry run; `rollouts` are those
 * that wait, where it was asked what comes next of them.
 */
export function renderProposalsJson(
  proposals: readonly (TellableProposal & { readonly commit?: string })[],
  base: { readonly branch: string; readonly commit: string },
  isDry: boolean,
  waiting?: readonly ToldRollout[],
): string {
  const told = proposals.map(({ draft, outcome, why, isPushed, commit, pullRequest, warnings }) => {
    const { key, branch, title, trailer, labels, reviewers, automerge, statuses, edits, body } = draft;
    return {
      ...{ key, branch, title, digest: trailer.digest, step: trailer.step, outcome, why, pushed: isPushed, commit },
      ...{ pullRequest, warnings, labels, reviewers, draft: draft.draft, automerge, statuses },
      ...(isDry ? { files: Object.fromEntries(edits), body } : {}),
    };
  });
  return `${visibleJson({ version: 1, base, proposals: told, ...(waiting === undefined ? {} : { rollouts: rolloutsJson(waiting) }) })}\n`;
}

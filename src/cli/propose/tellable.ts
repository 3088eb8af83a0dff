import { isAbsolute, relative } from 'node:path';
import type { PullRequestDraft } from '../../model/pull-request.ts';
import type { TellableProposal } from '../../report/proposal-text.ts';
import type { Proposed } from './carry-out.ts';

/** What became of a draft, as it is told; nothing where it failed, which is told as findings. A file is named as seen from `folder`. */
export function tellable(
  draft: PullRequestDraft,
  proposed: Proposed,
  folder: string,
): readonly (TellableProposal & { readonly commit?: string })[] {
  if (proposed.outcome === 'failed' || proposed.outcome === 'moved') return [];
  const { pullRequest, warnings } = proposed;
  const url = pullRequest === undefined || !isAbsolute(pullRequest.url) ? pullRequest?.url : relative(folder, pullRequest.url);
  const shown = pullRequest === undefined || url === undefined ? {} : { pullRequest: { number: pullRequest.number, url } };
  if (proposed.outcome === 'left') return [{ draft, outcome: 'left', why: proposed.why, isPushed: false, warnings, ...shown }];
  const commit = proposed.commit === undefined ? {} : { commit: proposed.commit };
  return [{ draft, outcome: proposed.outcome, isPushed: proposed.branch === 'push', warnings, ...shown, ...commit }];
}

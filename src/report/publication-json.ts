import type { BranchPublication, ToldPublication } from '../model/publication.ts';
import { visibleJson } from './visible-text.ts';

const outcomes: Readonly<Record<BranchPublication['state'], string>> = {
  newer: 'newer',
  same: 'unchanged',
  'would change': 'would-publish',
  published: 'published',
};

/**
 * `{version: 1, source, base: {branch}, branches: [{branch, environments, outcome: 'published' | 'would-publish' | 'unchanged' | 'newer',
 * changed, commit?, files?}]}`: `source` is the commit of the intents, `changed` a number of rendered files, `commit` what the branch is at;
 * files by path, null = gone, only in a dry run.
 */
export function renderPublicationsJson(told: readonly ToldPublication[], source: string, baseBranch: string): string {
  const branches = latest(told).map(({ branch, environments, publication }) => ({
    ...{ branch, environments, outcome: outcomes[publication.state] },
    changed: publication.state === 'published' ? publication.files : publication.state === 'would change' ? publication.edits.size : 0,
    ...('commit' in publication ? { commit: publication.commit } : {}),
    ...('edits' in publication ? { files: Object.fromEntries(publication.edits) } : {}),
  }));
  return `${visibleJson({ version: 1, source, base: { branch: baseBranch }, branches })}\n`;
}

/** A run that another one overtook looks at each branch once more: what it published itself stays published. */
function latest(told: readonly ToldPublication[]): readonly ToldPublication[] {
  const byBranch = new Map<string, ToldPublication>();
  for (const one of told) {
    const before = byBranch.get(one.branch)?.publication.state;
    if (before !== 'published' || one.publication.state === 'published') byBranch.set(one.branch, one);
  }
  return [...byBranch.values()];
}

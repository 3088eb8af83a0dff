import type { Commit } from '../model/commit.ts';
import { visibleJson } from './visible-text.ts';

/** The file that tells gitops-promoter which commit of the intents a branch was rendered from. */
export const hydratorMetadataPath = 'hydrator.metadata';

/** What gitops-promoter reads of a hydrator (its docs/advanced-usage/custom-hydrator.md), for a commit of the intents with its message's body. */
export function hydratorMetadata({ hash, author, subject }: Commit, body: string, repository: string): string {
  const date = new Date(author.at * 1000).toISOString().replace('.000Z', 'Z');
  const told = { drySha: hash, repoURL: repository, author: `${author.name} <${author.email}>`, date, subject, body };
  return `${visibleJson(told)}\n`;
}

/** The commit that such a file, or a note about a commit, names. */
export function drySha(text: string): string | undefined {
  return /"drySha"\s*:\s*"([0-9a-f]{40}|[0-9a-f]{64})"/.exec(text)?.[1];
}

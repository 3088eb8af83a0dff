/** The page of when rendered files followed what an intent says. */
import type { HistoryCommit } from '../../model/commit.ts';
import type { Seconds } from '../../model/rollout.ts';
import type { DatedWords } from '../../rollout/standing.ts';

/** By commit, with its place in the history: when rendered files first changed, by itself or by a later one. */
export type RenderedDates = ReadonlyMap<
  string,
  { readonly order: number; readonly followed?: { readonly order: number; readonly at: Seconds } }
>;

export function renderedDates(commits: readonly HistoryCommit[], folder: string): RenderedDates {
  const found = new Map<string, { readonly order: number; readonly followed?: { readonly order: number; readonly at: Seconds } }>();
  let followed: { readonly order: number; readonly at: Seconds } | undefined;
  for (const [order, { hash, committer, notBefore = 0, changes }] of commits.entries()) {
    if (changes.some(({ path }) => path.startsWith(folder))) followed = { order, at: Math.max(committer.at, notBefore) };
    found.set(hash, { order, ...(followed === undefined ? {} : { followed }) });
  }
  return found;
}

/** What is known of rendered files that go with a commit; `newer` is the next commit by which the intent says something. */
export function followedBy(rendered: RenderedDates, hash: string, newer: string | undefined): Pick<DatedWords, 'rendered' | 'isPassing'> {
  const { followed } = rendered.get(hash) ?? {};
  const replaced = newer === undefined ? undefined : rendered.get(newer)?.order;
  // Newest first: what has the smaller number came later.
  const isPassing = replaced !== undefined && (followed === undefined || followed.order <= replaced);
  return { rendered: followed?.at ?? 'never', ...(isPassing ? { isPassing } : {}) };
}

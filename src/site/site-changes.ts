import type { HistoryCommit } from '../model/commit.ts';
import type { Intent } from '../model/intent.ts';
import type { SiteCommit } from '../model/site.ts';
import type { RepoPath } from '../model/source.ts';
import { grouped } from './grouped.ts';

interface Change {
  readonly index: number;
  readonly commit: SiteCommit;
}

export type ChangesByFile = ReadonlyMap<RepoPath, readonly Change[]>;

export function changesByFile(commits: readonly HistoryCommit[]): ChangesByFile {
  return grouped(
    commits.flatMap(({ hash, subject, author, committer, changes }, index) => {
      const change = { index, commit: { hash, subject, author: author.name, at: committer.at } };
      return changes.map(({ path }) => [path, change] as const);
    }),
  );
}

/** Commits that touched an intent's own files, newest first; not those of its environment. */
export function siteChanges({ layers }: Intent, changes: ChangesByFile): readonly SiteCommit[] {
  const files = new Set(layers.filter(({ kind }) => kind === 'intent').map(({ file }) => file));
  const found = new Map([...files].flatMap((file) => changes.get(file) ?? []).map(({ index, commit }) => [index, commit]));
  return [...found].toSorted(([a], [b]) => a - b).map(([, commit]) => commit);
}

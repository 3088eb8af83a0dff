import type { HistoryCommit } from '../../model/commit.ts';
import type { SiteCommit } from '../../model/site.ts';
import type { FileTree } from '../../model/source.ts';
import type { ReadContents } from '../../pipelines/rollouts/rollout-history.ts';
import { firstParentHistory } from '../../repo/git/first-parent-history.ts';
import { readBlobs } from '../../repo/git/read-blobs.ts';
import { readCommit } from '../../repo/git/read-commit.ts';
import { readCommitTree } from '../../repo/git/read-commit-tree.ts';
import { openRepository } from '../../repo/git/repository.ts';
import type { CliContext } from '../cli-context.ts';
import type { Locations } from '../compiler.ts';
import type { Workspace } from '../workspace.ts';

/** What git says of the inputs; nothing of it where they lie in no repository, or it has no commit. */
export interface SiteHistory {
  /** Newest first, as far as they touched intents or what is rendered; bounded. */
  readonly commits: readonly HistoryCommit[];
  readonly head?: SiteCommit;
  /** A shallow clone: what was before its first commit is not known, and nothing is fetched. */
  readonly isShallow: boolean;
  /** Input files that are not as the commit has them. */
  readonly uncommitted: number;
  readonly read: ReadContents;
}

/** More commits than anyone looks back, and than a rollout takes. */
const mostCommits = 5000;

const settingsPath = 'mainsheet.yaml';
const none: SiteHistory = { commits: [], isShallow: false, uncommitted: 0, read: async () => new Map() };

/** The page can be made without git: whatever it refuses to tell is left out. */
export async function siteHistory(context: CliContext, { root, tree }: Workspace, settings: Locations): Promise<SiteHistory> {
  const { value: repository } = await openRepository(root, context.variables);
  const tip = repository?.head.commit;
  if (repository === undefined || tip === undefined) return none;
  const inputs = [settingsPath, settings.environments, settings.templates];
  const folders = [settingsPath, settings.environments, ...(settings.output === undefined ? [settings.rendered] : [])];
  const [head, history, committed] = [
    // Where a shallow clone ends, no history has the commit, but it is what was read.
    (await firstParentHistory(repository, tip, ['.'], { most: 1 })).value?.commits[0] ?? (await readCommit(repository, tip)).value,
    (await firstParentHistory(repository, tip, folders, { most: mostCommits })).value,
    (await readCommitTree(repository, tip, inputs, isInput, { known: (path) => tree.get(path) })).value,
  ];
  return {
    commits: history?.commits ?? [],
    isShallow: repository.isShallow,
    ...(head === undefined ? {} : { head: { hash: head.hash, subject: head.subject, author: head.author.name, at: head.committer.at } }),
    uncommitted: committed === undefined ? 0 : differences(tree, committed),
    read: async (hashes) => {
      const blobs = await readBlobs(repository, hashes);
      return new Map([...(blobs.value ?? [])].map(([hash, bytes]) => [hash, bytes.toString('utf8')]));
    },
  };
}

function isInput(path: string): boolean {
  return path === settingsPath || /\.(ya?ml|hbs)$/.test(path);
}

function differences(tree: FileTree, committed: FileTree): number {
  const paths = new Set([...tree.keys(), ...committed.keys()]);
  return [...paths].filter((path) => tree.get(path) !== committed.get(path)).length;
}

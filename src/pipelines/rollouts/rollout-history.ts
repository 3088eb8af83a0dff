/**
 * The page of what intents have said: the base branch's first-parent history, read backwards from the texts that there are now.
 *
 *   texts now ──commit by commit, what it changed taken back──▶ texts then ──load──▶ dated words
 *
 * Commits that touch none of an intent's files are passed over, and none is read that is older than what has to be known. So is one after which
 * its files can't be read, or name a version that there is not: nothing was rendered of it, so that what was there stayed. What counts of the others is said
 * at `standing` in rollout/standing.ts. A file that was moved as it is is followed under the name that it had before.
 */

import { rememberingParser } from '../../document/remembering-parser.ts';
import { loadSettings, loadWords } from '../../load/load.ts';
import { defaultSettings, type Settings } from '../../load/settings.ts';
import type { HistoryCommit } from '../../model/commit.ts';
import type { LoadedEnvironment } from '../../model/environment.ts';
import { type Intent, intentTitle } from '../../model/intent.ts';
import { isObject, type JsonObject } from '../../model/json.ts';
import type { FileTree, RepoPath } from '../../model/source.ts';
import type { DatedWords } from '../../rollout/standing.ts';
import { namesKnownVersions, showsOrigin } from '../../rollout/state.ts';
import { followedBy, type RenderedDates, renderedDates } from './rendered-dates.ts';
import { filesOf, type Histories } from './rollouts.ts';

/** Contents of files by the hashes that commits name; asked for in few, large portions. */
export type ReadContents = (hashes: readonly string[]) => Promise<ReadonlyMap<string, string>>;

export interface ReadHistories {
  readonly histories: Histories;
  /** Titles of intents of which the commits do not show since when they say what they say. */
  readonly unknown: readonly string[];
}

/** How many commits of each intent are read before it is looked whether that is enough. */
const portion = 8;

/** What each of some intents has said, as far back as its rollout has to know. `commits` are newest first, and end in the tree as it is; `rendered` is the environment's folder in it, if there is one. */
export async function readHistories(
  tree: FileTree,
  loaded: LoadedEnvironment,
  intents: readonly Intent[],
  commits: readonly HistoryCommit[],
  read: ReadContents,
  rendered?: RepoPath,
): Promise<ReadHistories> {
  const settings = loadSettings(tree, rememberingParser(undefined)).value ?? defaultSettings;
  const past: Past = { commits, byPath: commitsByPath(commits) };
  const followed = rendered === undefined ? undefined : renderedDates(commits, `${rendered}/`);
  let open = intents.map((intent) => begin(tree, loaded, intent, past));
  const done: Walk[] = [];
  while (open.length > 0) {
    const texts = await read([...new Set(open.flatMap((walk) => hashesOf(walk, past)))]);
    const walked = open.map((walk) => step(walk, past, settings, loaded.environment.name, texts, followed));
    done.push(...walked.filter(isOver));
    open = walked.filter((walk) => !isOver(walk));
  }
  return {
    histories: new Map(done.map(({ intent, dated }) => [intentTitle(intent), dated])),
    unknown: done.filter(({ intent, dated }) => !showsOrigin(intent.value, dated)).map(({ intent }) => intentTitle(intent)),
  };
}

interface Past {
  /** Newest first. */
  readonly commits: readonly HistoryCommit[];
  readonly byPath: ReadonlyMap<RepoPath, readonly number[]>;
}

interface Walk {
  readonly intent: Intent;
  /** Files that it comes from, or came from later than this. */
  readonly paths: ReadonlySet<RepoPath>;
  /** Of these, those that it came from then: without the new names of files that were moved later. */
  readonly held: ReadonlySet<RepoPath>;
  /** Commits that are still to be taken back, newest first, by their places in the history. */
  readonly open: readonly number[];
  /** The intent's own texts as of the newest of them. */
  readonly tree: FileTree;
  readonly dated: readonly DatedWords[];
}

function commitsByPath(commits: readonly HistoryCommit[]): ReadonlyMap<RepoPath, readonly number[]> {
  const found = new Map<RepoPath, number[]>();
  for (const [i, { changes }] of commits.entries()) {
    for (const { path } of changes) {
      const known = found.get(path);
      if (known === undefined) found.set(path, [i]);
      else known.push(i);
    }
  }
  return found;
}

function begin(tree: FileTree, loaded: LoadedEnvironment, intent: Intent, past: Past): Walk {
  const paths = new Set(filesOf(loaded, intent));
  const own = new Map([...paths].flatMap((path) => (tree.has(path) ? [[path, tree.get(path) ?? ''] as const] : [])));
  return { intent, paths, held: paths, open: touching(past, paths), tree: own, dated: [] };
}

/** Places of commits that change one of some files; `after` one in the history means before it in time. */
function touching({ byPath }: Past, paths: ReadonlySet<RepoPath>, after = -1): readonly number[] {
  const places = [...paths].flatMap((path) => byPath.get(path) ?? []).filter((place) => place > after);
  return [...new Set(places)].sort((a, b) => a - b);
}

function isOver({ intent, open, dated }: Walk): boolean {
  return open.length === 0 || showsOrigin(intent.value, dated, true);
}

function hashesOf({ open, paths }: Walk, { commits }: Past): readonly string[] {
  const changes = open.slice(0, portion).flatMap((place) => commits[place]?.changes ?? []);
  return changes.flatMap(({ path, before }) => (before !== undefined && paths.has(path) ? [before] : []));
}

/** Where files of a walk were before a commit, by their new names: those that it deleted, and that had the very text that a new one has. */
function movedBy({ changes }: HistoryCommit, paths: ReadonlySet<RepoPath>): ReadonlyMap<RepoPath, readonly RepoPath[]> {
  const added = changes.filter(({ path, before, after }) => paths.has(path) && before === undefined && after !== undefined);
  const found = added.map(({ path, after: text }) => {
    const from = changes.filter(({ before, after }) => after === undefined && before === text);
    return [path, from.map((one) => one.path)] as const;
  });
  return new Map(found.filter(([, from]) => from.length > 0));
}

/** Takes some commits back; no more behind one that moved a file, whose commits under its old name have to be read first. */
function step(
  walk: Walk,
  past: Past,
  settings: Settings,
  environment: string,
  texts: ReadonlyMap<string, string>,
  followed: RenderedDates | undefined,
): Walk {
  const tree = new Map(walk.tree);
  const dated = [...walk.dated];
  const title = intentTitle(walk.intent);
  let { paths, held } = walk;
  let open: readonly number[] = walk.open.slice(portion);
  for (const place of walk.open.slice(0, portion)) {
    const commit = past.commits[place];
    if (commit === undefined) continue;
    const { hash, committer, notBefore = 0, changes } = commit;
    const words = wordsOf(tree, settings, environment, title);
    if (words !== 'unreadable' || !hasAll(tree, held))
      dated.push({
        commit: hash,
        date: Math.max(committer.at, notBefore),
        words: words === 'unreadable' ? undefined : words,
        ...(followed === undefined ? {} : followedBy(followed, hash, dated.at(-1)?.commit)),
      });
    const moved = movedBy(commit, paths);
    const here = new Map([...moved].flatMap(([path, from]) => from.map((old) => [old, tree.get(path) ?? ''] as const)));
    for (const { path, before } of changes) {
      if (!paths.has(path)) continue;
      const text = before === undefined ? undefined : texts.get(before);
      if (text === undefined) tree.delete(path);
      else tree.set(path, text);
    }
    for (const [path, text] of here) tree.set(path, text);
    if (moved.size === 0) continue;
    paths = new Set([...paths, ...here.keys()]);
    held = new Set([...held, ...here.keys()].filter((path) => !moved.has(path)));
    open = touching(past, paths, place);
    break;
  }
  // Before the first commit that knew it, it was not.
  if (open.length === 0 && !isObject(wordsOf(tree, settings, environment, title)) && dated.length > 0)
    dated.push({ commit: '', date: 0, words: undefined });
  return { ...walk, paths, held, open, tree, dated };
}

/** Where a file was taken away it is no slip of the pen. */
function hasAll(tree: FileTree, paths: ReadonlySet<RepoPath>): boolean {
  return [...paths].every((path) => tree.has(path));
}

/** Where environments are is known from now: the tree holds no more than one intent comes from. */
function wordsOf(tree: FileTree, settings: Settings, environment: string, title: string): JsonObject | 'unreadable' | undefined {
  const intents = loadWords(tree, environment, settings, rememberingParser(undefined)).value;
  const words = intents?.find((intent) => intentTitle(intent) === title)?.value;
  return intents === undefined || (words !== undefined && !namesKnownVersions(words)) ? 'unreadable' : words;
}

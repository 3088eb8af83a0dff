/**
 * The page of going back from a base branch that does not compile: what is wrong with other intents is read as it was before.
 *
 *   texts now ──compile──▶ errors of other files ──what they were before──▶ texts ──compile──▶ … ──▶ texts without errors
 *
 * Only what is gone back from is written: the other texts are there to be compiled with, and stay as they are.
 */
import type { ParsedTexts } from './document/remembering-parser.ts';
import type { HistoryCommit } from './model/commit.ts';
import { isError } from './model/diagnostic.ts';
import type { FileTree, RepoPath } from './model/source.ts';
import { compile } from './pipeline.ts';
import type { ReadContents } from './rollout-history.ts';
import { filesOf, wayBackEntry } from './rollouts.ts';

export interface SoundRequest {
  readonly tree: FileTree;
  readonly environment: string;
  /** The service or train that goes back. */
  readonly subject: string;
  /** Newest first. Asked for only where there are errors. */
  readonly commits: () => Promise<readonly HistoryCommit[]>;
  readonly read: ReadContents;
  readonly parsed: ParsedTexts;
}

/** How many faults, one behind the other, are passed by. */
const mostFaults = 16;

/** The inputs themselves, or, where others than the subject's own have errors, with those as they were when they had none. */
export async function soundInputs({ tree, environment, subject, commits, read, parsed }: SoundRequest): Promise<FileTree> {
  const taken = new Map<RepoPath, number>();
  let now = tree;
  for (let i = 0; i < mostFaults; i += 1) {
    const compiled = compile(now, environment, { parsed, rules: 'phase' });
    const { loaded, ok } = compiled;
    const entry = loaded === undefined ? undefined : wayBackEntry(loaded, subject);
    const own = loaded === undefined ? [] : (entry?.intents ?? []).flatMap((intent) => filesOf(loaded, intent));
    // What it is to be written into is nothing that may be read as it was.
    if (own.some((path) => taken.has(path))) return tree;
    if (ok) return now;
    const faulty = new Set(compiled.diagnostics.filter(isError).flatMap(({ at }) => (at === undefined ? [] : [at.file])));
    const others = [...faulty].filter((path) => now.has(path) && !own.includes(path));
    const before = await textsBefore(others, taken, await commits(), read);
    if (before.size === 0) return tree;
    const next = new Map(now);
    for (const [path, text] of before) {
      if (text === undefined) next.delete(path);
      else next.set(path, text);
    }
    now = next;
  }
  return tree;
}

/** What files were one change earlier; undefined where they were not yet. */
async function textsBefore(
  paths: readonly RepoPath[],
  taken: Map<RepoPath, number>,
  commits: readonly HistoryCommit[],
  read: ReadContents,
): Promise<ReadonlyMap<RepoPath, string | undefined>> {
  const hashes = new Map<RepoPath, string | undefined>();
  for (const path of paths) {
    const count = taken.get(path) ?? 0;
    const change = commits.flatMap(({ changes }) => changes.filter((one) => one.path === path))[count];
    if (change === undefined) continue;
    taken.set(path, count + 1);
    hashes.set(path, change.before);
  }
  const texts = await read([...hashes.values()].flatMap((hash) => hash ?? []));
  return new Map([...hashes].map(([path, hash]) => [path, hash === undefined ? undefined : texts.get(hash)]));
}

/**
 * The page of going back from a base branch that does not compile: what is wrong is read as it was before.
 *
 *   texts now ──compile──▶ files with errors ──what they were before──▶ texts ──compile──▶ … ──▶ texts without errors
 *
 * Only what is gone back from is written: texts of others are there to be compiled with, and stay as they are. Its own intents, where they can't be
 * compiled, go back from what they were when they could.
 */
import type { ParsedTexts } from '../../document/remembering-parser.ts';
import type { HistoryCommit } from '../../model/commit.ts';
import { isError } from '../../model/diagnostic.ts';
import type { LoadedEnvironment } from '../../model/environment.ts';
import { intentTitle } from '../../model/intent.ts';
import type { FileTree, RepoPath } from '../../model/source.ts';
import { compile } from '../../pipeline.ts';
import type { ReadContents } from './rollout-history.ts';
import { wayBackEntry } from './rollouts.ts';

export interface SoundRequest {
  readonly tree: FileTree;
  readonly environment: string;
  /** Newest first. Asked for only where there are errors. */
  readonly commits: () => Promise<readonly HistoryCommit[]>;
  readonly read: ReadContents;
  readonly parsed: ParsedTexts;
}

/** How many faults, one behind the other, are passed by. */
const mostFaults = 16;

/** An environment that compiles, whatever its phases and plans. */
export interface SoundEnvironment {
  /** The inputs themselves, or, where some have errors, with those as they were when they had none. */
  readonly tree: FileTree;
  readonly loaded: LoadedEnvironment;
  /** Files that are not as they are. */
  readonly taken: ReadonlySet<RepoPath>;
}

/** Texts that compile; undefined where none are found. */
export async function soundEnvironment({ tree, environment, commits, read, parsed }: SoundRequest): Promise<SoundEnvironment | undefined> {
  const taken = new Map<RepoPath, number>();
  let now = tree;
  for (let i = 0; i < mostFaults; i += 1) {
    const compiled = compile(now, environment, { parsed, rules: 'phase' });
    const { loaded, ok } = compiled;
    if (ok && loaded !== undefined) return { tree: now, loaded, taken: new Set(taken.keys()) };
    const faulty = new Set(compiled.diagnostics.filter(isError).flatMap(({ at }) => (at === undefined ? [] : [at.file])));
    const known = [...faulty].filter((path) => now.has(path));
    const before = await textsBefore(known, taken, await commits(), read);
    if (before.size === 0) return undefined;
    const next = new Map(now);
    for (const [path, text] of before) {
      if (text === undefined) next.delete(path);
      else next.set(path, text);
    }
    now = next;
  }
  return undefined;
}

export interface SoundInputs {
  readonly tree: FileTree;
  /** Of these, files of the subject's own intents that can't be compiled as they are. */
  readonly restored: FileTree;
}

/** What a service or train goes back from; undefined where it was not there yet, or where what its intents said before can't be had without what others said. */
export function soundInputsOf({ tree, loaded, taken }: SoundEnvironment, subject: string): SoundInputs | undefined {
  // Before it was there it had no errors.
  if (wayBackEntry(loaded, subject) === undefined) return undefined;
  const own = ownFiles(loaded, subject);
  const restored = new Map([...tree].filter(([path]) => taken.has(path) && own.all.has(path)));
  return [...restored.keys()].every((path) => own.alone.has(path)) ? { tree, restored } : undefined;
}

/** The same from the start; the inputs as they are where there is nothing else to go back from. */
export async function soundInputs(request: SoundRequest & { readonly subject: string }): Promise<SoundInputs> {
  const sound = await soundEnvironment(request);
  return (sound === undefined ? undefined : soundInputsOf(sound, request.subject)) ?? { tree: request.tree, restored: new Map() };
}

/** Files that say something of what goes back, and those of them that say nothing of anything else. */
function ownFiles(
  loaded: LoadedEnvironment,
  subject: string,
): { readonly all: ReadonlySet<RepoPath>; readonly alone: ReadonlySet<RepoPath> } {
  const titles = (wayBackEntry(loaded, subject)?.intents ?? []).map(intentTitle);
  const [own, others] = [true, false].map((isOwn) => {
    const intents = loaded.intents.filter((intent) => titles.includes(intentTitle(intent)) === isOwn);
    return new Set(intents.flatMap(({ layers }) => layers.flatMap(({ kind, file }) => (kind === 'intent' ? [file] : []))));
  });
  const all = own ?? new Set<RepoPath>();
  return { all, alone: new Set([...all].filter((path) => others?.has(path) !== true)) };
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

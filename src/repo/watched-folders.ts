import { type BigIntStats, lstatSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { RepoPath } from '../model/source.ts';
import { depthLimit } from './walk-folder.ts';

export interface WatchedFolder {
  readonly path: string;
  /** What counts in it; everything where undefined. */
  readonly names?: ReadonlySet<string>;
}

/** The folders on the way to each input, and each folder in it. One is yielded before what is in it is read, so that nothing slips in between. */
export function* foldersOf(root: string, inputs: readonly RepoPath[]): Generator<WatchedFolder, void, undefined> {
  // A folder that someone works in does not tell that it is gone; the one above it does.
  const onTheWay = new Map([[dirname(root), new Set([basename(root)])]]);
  for (const input of inputs) {
    const names = input === '.' ? [] : input.split('/');
    for (const [i, name] of names.entries()) {
      const path = join(root, ...names.slice(0, i));
      onTheWay.set(path, (onTheWay.get(path) ?? new Set()).add(name));
    }
  }
  const whole = inputs.map((input) => join(root, input));
  const isInside = (path: string) => whole.some((input) => path === input || path.startsWith(`${input}/`));
  for (const [path, names] of onTheWay) if (!isInside(path)) yield { path, names };
  for (const path of whole) yield* foldersIn(path, 0);
}

function* foldersIn(path: string, depth: number): Generator<WatchedFolder, void, undefined> {
  if (depth > depthLimit || statAt(path)?.isDirectory() !== true) return;
  yield { path };
  for (const entry of entriesOf(path)) {
    if (entry.isDirectory() && entry.name !== '.git') yield* foldersIn(join(path, entry.name), depth + 1);
  }
}

/** Empty where the folder has gone meanwhile. */
function entriesOf(path: string) {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** Undefined for what is not there, and for what may not be looked at. */
function statAt(path: string, look: typeof lstatSync = lstatSync): BigIntStats | undefined {
  try {
    return look(path, { bigint: true });
  } catch {
    return undefined;
  }
}

/** Which folder stands at a path; undefined where none does. A number is used again once its folder is gone, so the time of birth is part of it. */
export function identityOf(path: string): string | undefined {
  const found = statAt(path, statSync);
  return found?.isDirectory() === true ? `${found.dev}:${found.ino}:${found.birthtimeNs}` : undefined;
}

/** A text that changes when an input does. */
export function signatureOf(root: string, inputs: readonly RepoPath[]): string {
  const lines: string[] = [];
  const add = (path: string): void => {
    const found = statAt(path);
    lines.push(found === undefined ? `${path} -` : `${path} ${found.ino} ${found.size} ${found.mtimeNs} ${found.ctimeNs}`);
  };
  for (const input of inputs) {
    add(join(root, input));
    for (const { path } of foldersIn(join(root, input), 0)) for (const { name } of entriesOf(path)) add(join(path, name));
  }
  return lines.join('\n');
}

import { byCodePoint } from '../model/names.ts';
import type { FileTree, RepoPath } from '../model/source.ts';

/** New texts by path; null = the file is gone. */
export type FileEdits = ReadonlyMap<RepoPath, string | null>;

/** A tree with some files written or gone, sorted by path. */
export function edited(tree: FileTree, edits: FileEdits): FileTree {
  const kept = [...tree].filter(([path]) => !edits.has(path));
  const written = [...edits].flatMap(([path, text]): readonly (readonly [string, string])[] => (text === null ? [] : [[path, text]]));
  return new Map([...kept, ...written].sort(([a], [b]) => byCodePoint(a, b)));
}

/** The edits that make one tree the other. */
export function differences(before: FileTree, after: FileTree): FileEdits {
  const paths = [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path) !== after.get(path)).sort(byCodePoint);
  return new Map(paths.map((path) => [path, after.get(path) ?? null]));
}

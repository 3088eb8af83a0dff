import type { Pointer } from './pointer.ts';

/** A path inside the repository: relative, '/'-separated, without '.' or '..' segments. */
export type RepoPath = string;

/** All texts of a run by path. A worktree, a git ref and a fixture all become this. */
export type FileTree = ReadonlyMap<RepoPath, string>;

/** A stretch of a file: half-open, in UTF-16 code units from the start of the text. */
export interface Span {
  readonly file: RepoPath;
  readonly start: number;
  readonly end: number;
}

/** A value in a YAML file, by JSON Pointer. Turned into a Span only when someone looks: positions cost a second parse. */
export interface Address {
  readonly file: RepoPath;
  /** Which document of a file with several, from 0. */
  readonly document: number;
  readonly pointer: Pointer;
  /** The key of a map entry instead of its value. */
  readonly part?: 'key' | 'value';
}

export type Place = Address | Span;

export function isSpan(place: Place): place is Span {
  return 'start' in place;
}

import { lineStarts, lineText, type Position, positionIn } from '../model/position.ts';
import type { FileTree, RepoPath, Span } from '../model/source.ts';

/** A span with its lines and columns; `end` is the first place after it. */
export interface Region {
  readonly file: RepoPath;
  readonly start: Position;
  readonly end: Position;
}

/** A text cut into lines. */
export interface Lines {
  readonly text: string;
  /** Offset of the first character of each line. */
  readonly starts: readonly number[];
  /** A line, counted from 1, without its ending; empty beyond the end. */
  readonly line: (number: number) => string;
}

/** What is known of places in the files of one report; each text is cut into lines once. */
export interface Regions {
  /** Undefined when the file is not part of the tree: only its name is known then. */
  readonly of: (span: Span) => Region | undefined;
  readonly lines: (file: RepoPath) => Lines | undefined;
}

export function regionsIn(files: FileTree): Regions {
  const known = new Map<RepoPath, Lines>();
  const lines = (file: RepoPath): Lines | undefined => {
    const cut = known.get(file);
    const text = files.get(file);
    if (cut !== undefined || text === undefined) return cut;
    const fresh = linesOf(text);
    known.set(file, fresh);
    return fresh;
  };
  const of = (span: Span): Region | undefined => {
    const cut = lines(span.file);
    if (cut === undefined) return undefined;
    const { start, end } = shownSpan(cut.text, span);
    return { file: span.file, start: positionIn(cut.text, cut.starts, start), end: positionIn(cut.text, cut.starts, end) };
  };
  return { of, lines };
}

function linesOf(text: string): Lines {
  const starts = lineStarts(text);
  return { text, starts, line: (number) => lineText(text, starts, number) };
}

/** Inside the text, whole code points, and without the blank lines that end a YAML block. */
function shownSpan(text: string, span: Span): { readonly start: number; readonly end: number } {
  const start = startOfCodePoint(text, Math.min(Math.max(0, span.start), text.length));
  const given = Math.min(Math.max(start, span.end), text.length);
  const end = start + text.slice(start, given).trimEnd().length;
  return end === start && given > start ? { start, end: Math.min(given, start + 1) } : { start, end };
}

function startOfCodePoint(text: string, offset: number): number {
  return isLowSurrogate(text, offset) && offset > 0 && !isLowSurrogate(text, offset - 1) ? offset - 1 : offset;
}

function isLowSurrogate(text: string, offset: number): boolean {
  const unit = text.charCodeAt(offset);
  return unit >= 0xdc00 && unit <= 0xdfff;
}

import { characterWidth, displayWidth } from './display-width.ts';
import { startsLogCommand, visibleCharacter } from './visible-text.ts';

/** A source line as a terminal shows it, and the columns (from 0, half-open) that a stretch of it takes there. */
export interface ShownLine {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

interface Cell {
  readonly text: string;
  readonly width: number;
  /** Offset in the source line. */
  readonly at: number;
}

const tab = '    ';
const ellipsis = '…';
/** Columns kept before a place that lies beyond the first screenful of its line. */
const lead = 24;
/** Longer lines are cut around their place before anything is measured: a minified file is one line of megabytes. */
const longest = 4096;

/** Whoever wrote a password into an address need not have it in a log, too: the line stays as long as it is. */
function withoutPasswords(line: string): string {
  return line.replace(/(:\/\/[^\s/@:]*:)([^\s/@]+)(?=@)/g, (_, before: string, password: string) => before + '*'.repeat(password.length));
}

/** Tabs as four columns, unseen characters as escapes, and at most `room` columns around the stretch from `start` to `end`. */
export function shownLine(written: string, start: number, end: number, room: number): ShownLine {
  const line = withoutPasswords(written);
  const from = line.length > longest ? Math.max(0, start - longest / 2) : 0;
  const cells = cellsOf(line.slice(from, from + longest), from);
  const columns = columnsOf(cells);
  const total = columns.at(-1) ?? 0;
  const first = columnAt(cells, columns, start);
  const last = Math.max(first, columnAt(cells, columns, end));
  const marked = Math.max(last, first + 1);
  const isWhole = Math.max(total, marked) <= room;
  const cutBefore = from > 0 || (!isWhole && marked > room - 1);
  const cutAfter = from + longest < line.length;
  if (!cutBefore && !cutAfter && isWhole) return { text: textOf(cells), start: first, end: last };
  const begin = cutBefore ? Math.max(0, Math.min(first - lead, total - room + 2)) : 0;
  return windowOf(cells, columns, { first, last, begin, before: from > 0, after: cutAfter }, room);
}

interface Cut {
  readonly first: number;
  readonly last: number;
  readonly begin: number;
  readonly before: boolean;
  readonly after: boolean;
}

function windowOf(cells: readonly Cell[], columns: readonly number[], cut: Cut, room: number): ShownLine {
  const isCutBefore = cut.before || cut.begin > 0;
  const space = isCutBefore ? room - 2 : room - 1;
  const kept: Cell[] = [];
  let offset = -1;
  let stop = 0;
  for (const [i, cell] of cells.entries()) {
    const column = columns[i] ?? 0;
    if (column < cut.begin) continue;
    if (offset === -1) offset = column;
    if (column + cell.width - offset > space) break;
    kept.push(cell);
    stop = column + cell.width;
  }
  const shift = (isCutBefore ? 1 : 0) - Math.max(0, offset);
  const isCutAfter = cut.after || stop < (columns.at(-1) ?? 0);
  return {
    text: `${isCutBefore ? ellipsis : ''}${textOf(kept)}${isCutAfter ? ellipsis : ''}`,
    start: Math.min(cut.first, stop) + shift,
    end: Math.min(cut.last, stop) + shift,
  };
}

function cellsOf(line: string, from: number): readonly Cell[] {
  const cells: Cell[] = [];
  let at = from;
  for (const character of line) {
    const text = character === '\t' ? tab : startsLogCommand(line, at - from) ? '\\x23' : visibleCharacter(character);
    cells.push({ text, width: text === character ? characterWidth(character) : displayWidth(text), at });
    at += character.length;
  }
  return cells;
}

/** The column at which each cell begins, and one more for the end of the line. */
function columnsOf(cells: readonly Cell[]): readonly number[] {
  const columns = [0];
  for (const cell of cells) columns.push((columns.at(-1) ?? 0) + cell.width);
  return columns;
}

function columnAt(cells: readonly Cell[], columns: readonly number[], offset: number): number {
  let low = 0;
  let high = cells.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cells[middle]?.at ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return columns[low] ?? 0;
}

function textOf(cells: readonly Cell[]): string {
  return cells.map((cell) => cell.text).join('');
}

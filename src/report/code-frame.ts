import { displayWidth } from './display-width.ts';
import type { Palette } from './palette.ts';
import type { Lines, Region } from './region.ts';
import { shownLine } from './shown-line.ts';

export interface FrameStyle {
  readonly underline: '^' | '-';
  readonly paint: (text: string) => string;
  readonly palette: Palette;
  /** Columns of the widest line number in the finding, so that all its frames align. */
  readonly gutter: number;
  /** Columns of the whole frame. */
  readonly width: number;
  /** Whether the key that holds the place is shown above it. */
  readonly holder: boolean;
}

/** The lines of a place with the place underlined; of a long place its first and last line. */
export function codeFrame(lines: Lines, region: Region, label: string, style: FrameStyle): readonly string[] {
  const first = region.start.line;
  const last = region.end.line;
  const frame = [bar(style)];
  const holder = style.holder ? holderOf(lines, first) : undefined;
  if (holder !== undefined) {
    frame.push(numbered(style, holder, shownLine(lines.line(holder), 0, 0, roomOf(style)).text));
    if (holder < first - 1) frame.push(style.palette.guide('...'));
  }
  frame.push(
    ...underlined(lines, first, region.start.column, last === first ? region.end.column : undefined, last === first ? label : '', style),
  );
  if (last > first + 1) frame.push(style.palette.guide('...'));
  if (last > first) frame.push(...underlined(lines, last, undefined, region.end.column, label, style));
  return frame;
}

/** Columns are counted from 1; an absent start is the line's first word, an absent end is its last. */
function underlined(
  lines: Lines,
  number: number,
  startColumn: number | undefined,
  endColumn: number | undefined,
  label: string,
  style: FrameStyle,
): readonly string[] {
  const line = lines.line(number);
  const start = startColumn === undefined ? indentOf(line) : startColumn - 1;
  const end = Math.max(start, endColumn === undefined ? line.trimEnd().length : endColumn - 1);
  const shown = shownLine(line, start, end, roomOf(style));
  const marks = style.underline.repeat(Math.max(1, shown.end - shown.start));
  const below = style.paint(label === '' ? marks : `${marks} ${label}`);
  return [numbered(style, number, shown.text), `${bar(style)} ${' '.repeat(shown.start)}${below}`];
}

/** The nearest line above that is less indented: in YAML, the key under which the place stands. */
function holderOf(lines: Lines, number: number): number | undefined {
  const indent = indentOf(lines.line(number));
  for (let above = number - 1; above >= 1 && indent > 0; above--) {
    const line = lines.line(above);
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
    if (indentOf(line) < indent) return above;
  }
  return undefined;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function bar(style: FrameStyle): string {
  return style.palette.guide(`${' '.repeat(style.gutter)} |`);
}

function numbered(style: FrameStyle, number: number, text: string): string {
  const head = style.palette.guide(`${String(number).padStart(style.gutter)} |`);
  return text === '' ? head : `${head} ${text}`;
}

function roomOf(style: FrameStyle): number {
  return Math.max(20, style.width - style.gutter - displayWidth(' | '));
}

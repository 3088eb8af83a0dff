/** A place as editors and forges count it: both from 1, columns in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * Where an offset stands in a text. Lines end with LF or CRLF; an offset past the end is taken as the end.
 * A byte order mark does not count as a column, because no editor shows it.
 */
export function positionOf(text: string, offset: number): Position {
  return positionIn(text, lineStarts(text), offset);
}

/** The offset at which each line starts: for many positions in one text. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** `positionOf` with the line starts at hand. */
export function positionIn(text: string, starts: readonly number[], offset: number): Position {
  const place = Math.min(Math.max(0, offset), text.length);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= place) low = middle;
    else high = middle - 1;
  }
  const start = low === 0 && text.startsWith('\uFEFF') ? 1 : (starts[low] ?? 0);
  return { line: low + 1, column: Math.max(0, place - start) + 1 };
}

/** The text of a line, from 1, without its line ending or byte order mark; '' for a line that does not exist. */
export function lineText(text: string, starts: readonly number[], line: number): string {
  const start = starts[line - 1];
  if (start === undefined) return '';
  const raw = text.slice(start, starts[line] ?? text.length).replace(/\r?\n$/, '');
  return line === 1 && raw.startsWith('\uFEFF') ? raw.slice(1) : raw;
}

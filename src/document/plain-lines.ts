/** Where the plain reader stands in a text. The text ends with a line feed, so every scan ends without asking for its length. */
export interface PlainCursor {
  readonly text: string;
  /** UTF-16 code units from the start of the text. */
  at: number;
  /** The column of the entry at `at` while a line is about to be read; -1 where the document ends. */
  indent: number;
}

export const lineFeed = 10;
export const space = 32;
const hash = 35;
const dash = 45;
const dot = 46;
const colon = 58;

/** UTF-16 code units; longer keys are left to the full parser. */
const keyLimit = 256;

/** Leaves the line, on which nothing but a comment may follow, for the next entry. False where something else follows. */
export function leaveLine(cursor: PlainCursor): boolean {
  const end = pastSpaces(cursor.text, cursor.at);
  const code = cursor.text.charCodeAt(end);
  // A comment needs a space before it (YAML 1.2.2, s-b-comment).
  if (code !== lineFeed && (code !== hash || end === cursor.at)) return false;
  cursor.at = cursor.text.indexOf('\n', end) + 1;
  findEntry(cursor);
  return true;
}

/** From the start of a line over blank lines and comments to the next entry, `---` or the end of the text. */
export function findEntry(cursor: PlainCursor): void {
  const { text } = cursor;
  let line = cursor.at;
  while (line < text.length) {
    const start = pastSpaces(text, line);
    const code = text.charCodeAt(start);
    if (code !== lineFeed && code !== hash) {
      cursor.at = start;
      cursor.indent = start === line && isMarker(text, start) ? -1 : start - line;
      return;
    }
    line = text.indexOf('\n', start) + 1;
  }
  cursor.at = line;
  cursor.indent = -1;
}

/** The index of the `:` behind the plain key that stands at `start`; -1 where none stands. Keys are ASCII words, numbers, hosts and paths. */
export function keyEnd(text: string, start: number): number {
  const first = text.charCodeAt(start);
  if (!isKeyCode(first) || first === dash || first === dot) return -1;
  let end = start + 1;
  while (isKeyCode(text.charCodeAt(end))) end++;
  return text.charCodeAt(end) === colon && isBlank(text.charCodeAt(end + 1)) && end - start <= keyLimit ? end : -1;
}

/** Whether `- ` and its item stand here. */
export function isItem({ text, at }: PlainCursor): boolean {
  return text.charCodeAt(at) === dash && text.charCodeAt(at + 1) === space;
}

export function pastSpaces(text: string, start: number): number {
  let at = start;
  while (text.charCodeAt(at) === space) at++;
  return at;
}

export function isBlank(code: number): boolean {
  return code === space || code === lineFeed;
}

/** `---` alone; `---x` is text. */
function isMarker(text: string, at: number): boolean {
  return text.charCodeAt(at) === dash && text.startsWith('---', at) && isBlank(text.charCodeAt(at + 3));
}

/** A letter, digit or one of `-./_`. */
function isKeyCode(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 45 && code <= 57) || (code >= 65 && code <= 90) || code === 95;
}

// Private-use characters: no template may hold them, and values never pass through a drawn text, so nobody can forge a token.
const tokenOpen = '\uE000';
const tokenClose = '\uE001';
const markOpen = '\uE002';
const markClose = '\uE003';

const token = /\uE000([0-9]+)\uE001/g;
const mark = /\uE002([0-9]+):([0-9]+)\uE003/g;

/** What stands in a drawn text in place of its n-th printed value, from 0. */
export function tokenText(index: number): string {
  return `${tokenOpen}${index}${tokenClose}`;
}

/** A drawn scalar as its literal texts and the numbers of the values between them. */
export function tokenPieces(text: string): readonly (string | number)[] {
  if (!text.includes(tokenOpen)) return text === '' ? [] : [text];
  const pieces: (string | number)[] = [];
  let from = 0;
  for (const match of text.matchAll(token)) {
    if (match.index > from) pieces.push(text.slice(from, match.index));
    pieces.push(Number(match[1]));
    from = match.index + match[0].length;
  }
  if (from < text.length) pieces.push(text.slice(from));
  return pieces;
}

export function holdsToken(text: string): boolean {
  return text.includes(tokenOpen);
}

/** Stands at the end of each line of a template that draws something, and so tells where a drawn line comes from. */
export function markText(template: number, line: number): string {
  return `${markOpen}${template}:${line}${markClose}`;
}

/** Where a drawn line comes from: which template, by number, and which of its lines, from 1. */
export interface LineMark {
  readonly template: number;
  readonly line: number;
}

/** A drawn text without its marks, and the mark of each of its lines: the first, where inline blocks left several. */
export function takeMarks(drawn: string): { readonly text: string; readonly marks: readonly (LineMark | undefined)[] } {
  const marks: (LineMark | undefined)[] = [];
  const lines = drawn.split('\n').map((line) => {
    const [first] = line.matchAll(mark);
    marks.push(first === undefined ? undefined : { template: Number(first[1]), line: Number(first[2]) });
    return first === undefined ? line : line.replace(mark, '');
  });
  return { text: lines.join('\n'), marks };
}

/** The first private-use character of a text: U+E000–F8FF and planes 15 and 16. */
export function findPrivateUse(text: string): { readonly offset: number; readonly character: string } | undefined {
  const found = /[\u{E000}-\u{F8FF}\u{F0000}-\u{10FFFF}]/u.exec(text);
  const code = found?.[0].codePointAt(0);
  return found === null || code === undefined ? undefined : { offset: found.index, character: `U+${code.toString(16).toUpperCase()}` };
}

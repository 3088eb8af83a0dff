import { listWords } from '../model/names.ts';
import { excerpt } from './excerpt.ts';
import type { SyntaxFault } from './syntax-fault.ts';

/** Offset at which the line of a place starts. */
export function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

/** Offset behind the last character of the line of a place, blanks and line end left out. */
export function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return Math.max(at, at + text.slice(at, end === -1 ? text.length : end).trimEnd().length);
}

/** A line whose indentation fits no map or list that is open above it. */
export function misplacedLine(text: string, at: number): SyntaxFault {
  const from = lineStart(text, at);
  const blank = /^ */.exec(text.slice(from))?.[0].length ?? 0;
  const start = from + blank;
  const end = lineEnd(text, start);
  const content = text.slice(start, end);
  if (/^-[^\s-]/.test(content)) {
    const hint = `write \`- ${excerpt(content.slice(1))}\``;
    return { problem: 'a space is missing after the dash', hint, start, end };
  }
  const item = content.startsWith('-');
  const columns = columnsAbove(text.slice(0, from)).flatMap((column) => (column.item === item ? [column.spaces] : []));
  const what = item ? 'items of one list' : 'keys of one map';
  const hint =
    columns.length === 0
      ? 'a list stands beneath a key that has no other value'
      : `the ${what} start in one column: indent it with ${listWords(columns.map(String), 'or')} spaces`;
  return { problem: `the indentation of this ${item ? 'list item' : 'line'} fits none of the lines above it`, hint, start, end };
}

/** A `key: value` beneath a key that has its value on its own line already. `inside` lies on the line that is too deep. */
export function tooDeepLine(text: string, value: number, inside: number): SyntaxFault {
  const from = lineStart(text, inside);
  const start = from + (/^ */.exec(text.slice(from))?.[0].length ?? 0);
  const column = columnsAbove(text.slice(0, lineEnd(text, value))).at(-1)?.spaces ?? 0;
  return {
    problem: 'this line is indented as if it belonged to a key that has its value already',
    hint: `indent it with ${column} spaces, or take the other value away`,
    start,
    end: lineEnd(text, start),
    related: { message: 'the value that the key has', start: value, end: lineEnd(text, value) },
  };
}

/** `a: b: c` */
export function doubledKey(text: string, at: number): SyntaxFault {
  const hint = 'a value that holds `: ` needs quotes; a map starts on the next line, indented deeper';
  return { problem: 'a second key stands on the line of its key', hint, start: at, end: lineEnd(text, at) };
}

/** A line that should have been `key: value`. */
export function keyWithoutValue(text: string, at: number): SyntaxFault | undefined {
  const end = lineEnd(text, at);
  const line = text.slice(at, end);
  const [, key, value] = /^([^\s:]+):(\S.*)$/.exec(line) ?? [];
  if (line === '') return undefined;
  if (key === undefined || value === undefined) {
    return { problem: `\`${excerpt(line)}\` has no colon behind it`, hint: `write \`${excerpt(line)}: …\` if it is a key`, start: at, end };
  }
  const hint = `write \`${excerpt(key)}: ${excerpt(value)}\``;
  return { problem: `a space is missing after the colon of \`${excerpt(key)}:\``, hint, start: at, end };
}

interface Column {
  readonly spaces: number;
  /** Of a list's dashes; otherwise of a map's keys. */
  readonly item: boolean;
}

/** Where the maps and lists start that are still open at the end of a text, outermost first. */
function columnsAbove(text: string): readonly Column[] {
  let open: Column[] = [];
  for (const line of text.split('\n')) {
    const content = line.search(/[^ ]/);
    if (/^(?:---|\.\.\.)/.test(line)) open = [];
    else if (content !== -1 && line.charAt(content) !== '#')
      open = [...open.filter(({ spaces }) => spaces < content), ...columnsOf(line, content)];
  }
  return open;
}

/** The columns of a line: `- - a` has those of two dashes and of a key. */
function columnsOf(line: string, content: number): readonly Column[] {
  const dash = /^- *(?=\S)/.exec(line.slice(content));
  if (dash === null || !/^-\s/.test(line.slice(content))) return [{ spaces: content, item: line.slice(content).startsWith('- ') }];
  return [{ spaces: content, item: true }, ...columnsOf(line, content + dash[0].length)];
}

import type { YAMLError } from 'yaml';
import { excerpt } from './excerpt.ts';
import type { SyntaxFault } from './syntax-fault.ts';
import { doubledKey, keyWithoutValue, lineEnd, lineStart, misplacedLine, tooDeepLine } from './syntax-lines.ts';
import { closerOf, type Opener } from './yaml-openers.ts';

/** What is known where the reader of `yaml` gave up. */
interface Broken {
  readonly text: string;
  readonly code: string;
  readonly at: number;
  readonly end: number;
  readonly errors: readonly YAMLError[];
  readonly openers: readonly Opener[];
}

/**
 * The fault behind the first of a document's errors (sorted by place); what follows a broken place is read out of step and would
 * mislead. `openers` are those of the document.
 */
export function explainSyntax(text: string, openers: readonly Opener[], errors: readonly [YAMLError, ...YAMLError[]]): SyntaxFault {
  const [{ code, pos }] = errors;
  const at = Math.min(pos[0], text.length);
  const end = Math.max(at, Math.min(pos[1], text.length));
  const broken: Broken = { text, code, at, end, errors, openers };
  return unclosed(broken) ?? byCode[code]?.(broken) ?? { problem: 'what stands here fits nowhere', start: at, end };
}

const byCode: Readonly<Record<string, (broken: Broken) => SyntaxFault | undefined>> = {
  BAD_INDENT: ({ text, at }) => misplacedLine(text, at),
  MULTILINE_IMPLICIT_KEY: ({ text, at }) => (isItem(text, at) ? misplacedLine(text, at) : keyWithoutValue(text, at)),
  BLOCK_AS_IMPLICIT_KEY: blockAsKey,
  BLOCK_IN_FLOW: missingComma,
  MISSING_CHAR: missingCharacter,
  UNEXPECTED_TOKEN: unexpectedToken,
  BAD_SCALAR_START: ({ text, at }) =>
    needsQuotes(text, at, `a value cannot start with ${text.charAt(at) === '`' ? 'a backtick' : `\`${text.charAt(at)}\``}`),
  BAD_ALIAS: ({ text, at }) => needsQuotes(text, at, `\`${text.charAt(at)}\` names nothing`),
  BAD_DQ_ESCAPE: badEscape,
  KEY_OVER_1024_CHARS: ({ at, end }) => ({ problem: 'a key has more than 1024 characters', start: at, end }),
};

function isItem(text: string, at: number): boolean {
  return /^\s*-\s/.test(text.slice(at, lineEnd(text, at) + 1));
}

function unclosed({ text, code, at, openers }: Broken): SyntaxFault | undefined {
  const quote = openers.find(({ character, closed, start, end }) => !closed && isQuote(character) && start <= at && at <= end);
  const bracketed = code === 'BAD_INDENT' || code === 'MISSING_CHAR';
  const opener = quote ?? openers.findLast(({ closed, end }) => bracketed && !closed && end <= at);
  if (opener === undefined) return undefined;
  const { character, start } = opener;
  const closer = closerOf(character);
  const never = { problem: `\`${character}\` is never closed`, hint: `close it with \`${closer}\``, start, end: lineEnd(text, start) };
  const onLaterLine = lineEnd(text, start) < at && at < text.length && text.slice(lineStart(text, at), at).trim() === '';
  if (quote !== undefined || !onLaterLine || /^(?:---|\.\.\.)/.test(text.slice(at))) return never;
  const line = { start: at, end: lineEnd(text, at) };
  const related = { message: `indented no deeper than the key before \`${character}\`, this line is no longer part of it`, ...line };
  if (/^(?:- +)*[^\s:#]+:(?:\s|$)/.test(text.slice(at, line.end))) return { ...never, related };
  const hint = `indent all lines up to \`${closer}\` deeper than the key`;
  return { ...never, problem: `\`${character}\` is not closed before the lines that belong to it end`, hint, related };
}

function isQuote(character: string): boolean {
  return character === '"' || character === "'";
}

function blockAsKey({ text, at, errors }: Broken): SyntaxFault {
  if (isItem(text, at)) return misplacedLine(text, at);
  const long = errors.find(({ code, pos }) => code === 'MULTILINE_IMPLICIT_KEY' && pos[0] === at);
  return long === undefined ? doubledKey(text, at) : tooDeepLine(text, at, long.pos[1] - 1);
}

/** The innermost bracket around a place. */
function bracketAt({ openers }: Broken, at: number): Opener | undefined {
  return openers.findLast(({ character, closed, start, end }) => !isQuote(character) && start < at && (at < end || !closed));
}

function missingComma(broken: Broken): SyntaxFault | undefined {
  const { text, at, end } = broken;
  const bracket = bracketAt(broken, at);
  if (bracket === undefined) return undefined;
  const around = `\`${bracket.character}…${closerOf(bracket.character)}\``;
  if (isItem(text, at))
    return { problem: `items with \`-\` cannot stand inside ${around}`, hint: 'divide them with commas', start: at, end };
  return { problem: `a comma is missing inside ${around}`, hint: 'divide entries with `, `', start: at, end };
}

function missingCharacter(broken: Broken): SyntaxFault | undefined {
  const { text, at } = broken;
  if (text.charAt(at) === '#') {
    const hint = 'put a space before `#`; text that holds `#` needs quotes';
    return { problem: 'a space is missing before the comment', hint, start: at, end: lineEnd(text, at) };
  }
  if (/^---\s*$/.test(text.slice(lineStart(text, at), at))) {
    return { problem: 'a map cannot start on the line of `---`', hint: 'start it on the next line', start: at, end: lineEnd(text, at) };
  }
  const inBrackets = missingComma(broken);
  if (inBrackets !== undefined) return inBrackets;
  return /\s/.test(text.charAt(at)) || isItem(text, at) ? misplacedLine(text, at) : keyWithoutValue(text, at);
}

function unexpectedToken(broken: Broken): SyntaxFault {
  const { text, at, end } = broken;
  const before = text.slice(0, at).trimEnd();
  const last = before.slice(-1);
  const character = text.charAt(at);
  const toEnd = { start: at, end: lineEnd(text, at) };
  if (character === ']' || character === '}') return { problem: `\`${character}\` closes nothing`, hint: 'delete it', start: at, end };
  if (character === ',') return { problem: 'a comma has nothing to divide', hint: 'delete it', start: at, end };
  const inBrackets = missingComma(broken);
  if (inBrackets !== undefined) return inBrackets;
  if (isItem(text, at)) return { problem: 'a list starts on the line of its key', hint: 'start it on the next line', ...toEnd };
  const blockText = /[|>][-+0-9]*$/.test(before);
  if (blockText) return { problem: `text stands on the line of \`${last}\``, hint: 'start it on the next line, indented', ...toEnd };
  const quoted = broken.openers.find((opener) => opener.end === before.length && opener.start < at);
  if (quoted === undefined) return { problem: `\`${excerpt(text.slice(at, lineEnd(text, at)))}\` fits nowhere`, ...toEnd };
  return afterCloser(text, at, quoted);
}

function afterCloser(text: string, at: number, { character, start, end }: Opener): SyntaxFault {
  const problem = `text follows the closing \`${closerOf(character)}\``;
  const written = character === '"' ? '\\"' : "''";
  const hint = isQuote(character) ? `a \`${character}\` inside the quotes is written \`${written}\`` : 'put the whole value in quotes';
  const related = { message: `\`${character}\` opens here`, start, end: Math.min(end, lineEnd(text, start)) };
  return { problem, hint, start: at, end: lineEnd(text, at), ...(lineEnd(text, start) < at ? { related } : {}) };
}

function needsQuotes(text: string, at: number, problem: string): SyntaxFault {
  const word = /^.[^\s,\]}]*/u.exec(text.slice(at))?.[0] ?? '';
  const hint = `put the value in quotes: \`"${excerpt(word)}"\``;
  return { problem, ...(word.includes('"') ? {} : { hint }), start: at, end: at + Math.max(1, word.length) };
}

const hexDigits: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

function badEscape({ text, at }: Broken): SyntaxFault {
  const letter = text.charAt(at + 1);
  const written = `\\${letter}`;
  const digits = hexDigits[letter];
  const place = { start: at, end: Math.min(at + 2, text.length) };
  if (digits !== undefined) return { problem: `\`${written}\` needs ${digits} hexadecimal digits behind it`, ...place };
  const hint = `write \`\\\\${excerpt(letter)}\` for a backslash, or put the text in single quotes`;
  return { problem: `\`${excerpt(written)}\` means nothing in double quotes`, hint, ...place };
}

/**
 * Characters that a reader would not see, or that would act on the terminal or the order of the text instead of being shown:
 * controls, bidirectional and other format characters, blank letters, private use, lone surrogates. Listed by number, not by
 * Unicode property, so that every release of Node prints the same bytes.
 */
const unseen =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
  /[\u0000-\u001f\u007f-\u00a0\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ue000-\uf8ff\u{d800}-\u{dfff}\u{e0000}-\u{e0fff}\u{f0000}-\u{10ffff}]/gu;

/**
 * What a continuous-integration log would obey: a command of GitHub at the start of a word, and GitHub's older form and
 * Azure's anywhere in a line.
 */
const logCommand = /(^|\s):(?=:[a-z])|#(?=#(?:\[|vso\[))/giu;

/** Text as it can be shown on one line: what cannot be seen becomes an escape, what a log would obey becomes inert. */
export function visibleText(text: string): string {
  return inertCommands(text.replace(unseen, escapeCharacter));
}

/** The shown form of one code point: itself, or its escape. */
export function visibleCharacter(character: string): string {
  return character.replace(unseen, escapeCharacter);
}

/** Whether a log would obey what begins here, in the middle of a line as well. */
export function startsLogCommand(text: string, offset: number): boolean {
  return text.startsWith('##', offset) && /^##(?:\[|vso\[)/i.test(text.slice(offset, offset + 6));
}

/** JSON whose every character can be seen; the escapes are JSON's own, so the value stays the same. 'line': all on one. */
export function visibleJson(value: unknown, layout: 'pretty' | 'line' = 'pretty'): string {
  return JSON.stringify(value, null, layout === 'pretty' ? 2 : 0)
    .replace(unseen, (character) => (character === '\n' ? character : jsonEscape(character)))
    .replaceAll(/#(?=#(?:\[|vso\[))/gi, '\\u0023');
}

function inertCommands(text: string): string {
  return text.replace(logCommand, (match) => (match.endsWith('#') ? '\\x23' : `${match.slice(0, -1)}\\x3a`));
}

function escapeCharacter(character: string): string {
  if (character === '\n') return '\\n';
  if (character === '\r') return '\\r';
  if (character === '\t') return '\\t';
  const code = character.codePointAt(0) ?? 0;
  if (code <= 0xff) return `\\x${hex(code, 2)}`;
  return code <= 0xffff ? `\\u${hex(code, 4)}` : `\\u{${hex(code, 5)}}`;
}

function jsonEscape(character: string): string {
  let escaped = '';
  for (let i = 0; i < character.length; i++) escaped += `\\u${hex(character.charCodeAt(i), 4)}`;
  return escaped;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}

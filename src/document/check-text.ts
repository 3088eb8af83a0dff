import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import type { RepoPath, Span } from '../model/source.ts';
import {
  byteOrderMarkFirst,
  completeLineEndings,
  fileWithinLimit,
  noControlCharacters,
  noInvisibleCharacters,
  wellFormedText,
} from './text-diagnostics.ts';

/** Bytes of UTF-8 in one file (design/intents.md, Settings). */
const fileLimit = 256 * 1024;

/** Where a text stands decides which controls it may hold: a file its line endings, a value tab and line feed, a key none. */
type TextRole = 'text' | 'value' | 'key';

const controls: Readonly<Record<TextRole, RegExp>> = {
  text: /(?![\t\n\r])[\p{Cc}\u2028\u2029]/u,
  value: /(?![\t\n])[\p{Cc}\u2028\u2029]/u,
  key: /[\p{Cc}\u2028\u2029]/u,
};
// Zero-width and direction controls (Unicode TR 36, CVE-2021-42574), and the tag characters that spell unseen ASCII.
const invisible = /[\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufff9-\ufffb\u{e0000}-\u{e007f}]/u;
const invisibleOrMark = /[\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/u;
const malformed = /[\p{Surrogate}\p{Noncharacter_Code_Point}]/u;
// One pass over ordinary text: only where this finds something are the classes told apart.
const suspicious =
  /(?![\t\n])[\p{Cc}\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}\p{Surrogate}\p{Noncharacter_Code_Point}]/u;

/** What is wrong with a file's text before anyone reads it as YAML: its size and its characters, the first of each class. */
export function checkText(file: RepoPath, text: string, limit: number = fileLimit): readonly Diagnostic[] {
  const size = utf8Length(text, limit);
  if (size > limit) return [diagnose(fileWithinLimit, { params: { size, limit }, at: { file, start: 0, end: 0 } })];
  if (!suspicious.test(text)) return [];
  const at = (start: number, length = 1): Span => ({ file, start, end: start + length });
  const findings: Diagnostic[] = [];
  const mark = text.indexOf('\uFEFF', 1);
  if (mark !== -1) findings.push(diagnose(byteOrderMarkFirst, { params: {}, at: at(mark) }));
  const lone = text.search(/\r(?!\n)/);
  if (lone !== -1) findings.push(diagnose(completeLineEndings, { params: {}, at: at(lone) }));
  for (const { finding, index, length } of hostileCharacters(text, 'text')) findings.push({ ...finding, at: at(index, length) });
  return findings;
}

/** The characters that must not stand in a key or value even when written as escapes (`"\u202e"`). */
export function checkCharacters(text: string, role: 'key' | 'value'): readonly Diagnostic[] {
  if (!suspicious.test(text) && !(role === 'key' && controls.key.test(text))) return [];
  return hostileCharacters(text, role).map(({ finding }) => finding);
}

/** 'U+202E', as Unicode's charts and editors name it. */
export function codePointName(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

interface HostileCharacter {
  readonly finding: Diagnostic;
  readonly index: number;
  readonly length: number;
}

function hostileCharacters(text: string, role: TextRole): readonly HostileCharacter[] {
  const found: HostileCharacter[] = [];
  const see = (pattern: RegExp, finding: (character: string) => Diagnostic) => {
    const match = pattern.exec(text);
    if (match !== null) found.push({ finding: finding(codePointName(match[0])), index: match.index, length: match[0].length });
  };
  see(controls[role], (character) => diagnose(noControlCharacters, { params: { character, role } }));
  see(role === 'text' ? invisible : invisibleOrMark, (character) => diagnose(noInvisibleCharacters, { params: { character, role } }));
  see(malformed, (character) => diagnose(wellFormedText, { params: { character } }));
  return found;
}

function utf8Length(text: string, limit: number): number {
  return text.length * 3 <= limit ? text.length : new TextEncoder().encode(text).length;
}

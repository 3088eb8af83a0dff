import { invariant } from '../model/result.ts';

// Names, hosts, paths and enum words: a letter first, so never a number, a date or an indicator;
// but `e5` is a number by a YAML 1.1 float pattern that forgot its digits.
const plainWord = /^(?![eE]-?[0-9]+$)[A-Za-z/][A-Za-z0-9_./-]*$/;
const plainDuration = /^[0-9]{1,9}(?:ms|s|m|h)$/;
// What some YAML 1.1 or 1.2 reader turns into a boolean or null; none is longer than `false`.
const typedWord = /^(?:y|n|yes|no|on|off|true|false|null)$/i;
// What JSON.stringify leaves bare, although it does not show or a YAML reader breaks lines at it or refuses it.
const unseen =
  /[\x7f-\xa0\xad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}\p{Noncharacter_Code_Point}]/gu;

/** A string as a YAML scalar on one line that every YAML 1.1 and 1.2 reader takes for this string. */
export function stringText(value: string): string {
  if (plainWord.test(value) ? value.length > 5 || !typedWord.test(value) : plainDuration.test(value)) return value;
  return JSON.stringify(value).replace(unseen, escapeCharacter);
}

function escapeCharacter(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16);
  // A surrogate pair of \u escapes is two characters to some readers; \U is one to all.
  return hex.length <= 4 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

/** A number as JSON writes it; with an exponent always a fraction too, because YAML 1.1 knows no `1e-7`. */
export function numberText(value: number): string {
  invariant(Number.isFinite(value), 'only finite numbers are printed');
  const text = JSON.stringify(value);
  return text.includes('e') && !text.includes('.') ? text.replace('e', '.0e') : text;
}

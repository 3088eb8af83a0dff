import { isList, type Json } from '../model/json.ts';
import { didYouMean, listWords } from '../model/names.ts';
import { type Pointer, pointerSegments } from '../model/pointer.ts';
import { codePointName } from './check-text.ts';
import { excerpt } from './excerpt.ts';
import type { Fault, TypeFault } from './fault.ts';
import { flowText } from './flow-text.ts';

/** What else a key may be: a neighbour in spelling, a key of a map beneath, or look-alike letters. */
export function keyHints({ key, known, home }: Extract<Fault, { kind: 'unknown-key' }>): readonly string[] {
  const foreign = /[^\x20-\x7e]/u.exec(key)?.[0];
  const near = didYouMean(key, known);
  const hints = near.length === 0 && home !== undefined ? [`\`${excerpt(key)}\` is a key of \`${home}\``] : near;
  return foreign === undefined ? hints : [...hints, `it contains ${codePointName(foreign)}, which is no ASCII letter`];
}

/** What to write instead of a value of the wrong type; `expected` without the types that nobody is told to write. */
export function typeHints({ pointer, value, form, wrapped, example }: TypeFault, expected: readonly string[]): readonly string[] {
  if (value === null) return ['leave the key out, or give it a value'];
  const unit = form === undefined || typeof value !== 'number' ? [] : formHints(String(value), [form]);
  if (unit.length > 0) return unit;
  if (expected.includes('string') && (typeof value === 'number' || typeof value === 'boolean')) return ['put the value in quotes'];
  const number = expected.includes('number') || expected.includes('integer') ? numberHints(value) : [];
  if (number.length > 0) return number;
  if (wrapped !== undefined) return [`write ${wordList(wrapped.map(flowText))}`];
  if (expected.includes('array') && !isList(value)) return ['write a list, even of one item: put `- ` before it'];
  return exampleHints(pointer, example);
}

function numberHints(value: Json): readonly string[] {
  const [, number, sign] = /^(-?[0-9]+(?:\.[0-9]+)?)(%?)$/.exec(typeof value === 'string' ? value : '') ?? [];
  if (number === undefined) return [];
  return [sign === '%' ? `write \`${number}\`: it is a percentage already` : 'write the number without quotes'];
}

/** UTF-16 code units of an example that a message can hold. */
const exampleLimit = 120;

export function exampleHints(pointer: Pointer, example: Json | undefined): readonly string[] {
  const key = pointerSegments(pointer).at(-1);
  if (example === undefined) return [];
  const text = key === undefined || /^[0-9]+$/.test(key) ? flowText(example) : `${excerpt(key)}: ${flowText(example)}`;
  return text.length > exampleLimit ? [] : [`for example \`${text}\``];
}

export function formHints(value: string, expected: readonly string[]): readonly string[] {
  const wantsUnit = expected.some((words) => words.startsWith('a duration')) && /^[0-9]+(?:\.[0-9]+)?$/.test(value);
  return wantsUnit ? [`write the unit as well: \`${value}s\``] : [];
}

function wordList(texts: readonly string[]): string {
  return listWords(
    texts.map((text) => `\`${excerpt(text)}\``),
    'or',
  );
}

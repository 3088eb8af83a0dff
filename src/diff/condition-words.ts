import { listWords } from '../model/names.ts';
import { type Condition, conditionKey, type Literal, type TextLiteral } from '../requests/literal.ts';
import type { Pattern } from '../requests/pattern.ts';

/** What requests have in common, as a person says it: 'end-user = jason, path /api…'; '' for a condition that asks nothing. */
export function conditionWords(condition: Condition): string {
  const asked = [...new Map(condition.map((literal) => [conditionKey([literal]), literal])).values()];
  return asked
    .filter((literal) => !asked.some((other) => other !== literal && saysMore(other, literal)) && !isEveryPath(literal))
    .map(literalWords)
    .join(', ');
}

/** 'end-user = a', 'end-user = b' → 'end-user = a or b', wherever such stand; the order is kept. */
export function joinedWords(words: readonly string[]): readonly string[] {
  const groups = new Map<string, string[]>();
  for (const one of words) {
    const [subject, text] = one.includes(', ') ? [one, undefined] : one.split(' = ', 2);
    const list = groups.get(subject ?? one) ?? [];
    groups.set(subject ?? one, list);
    if (text !== undefined) list.push(text);
  }
  return [...groups].map(([subject, texts]) => (texts.length === 0 ? subject : `${subject} = ${listWords(texts, 'or')}`));
}

/** Of two that ask for beginnings of one text the longer one is enough. */
function saysMore(other: Literal, literal: Literal): boolean {
  if (other.of !== 'text' || literal.of !== 'text' || other.dimension !== literal.dimension || literal.negated || other.negated)
    return false;
  if (literal.pattern?.kind !== 'prefix' || literal.pattern.foldCase === true || other.pattern === undefined) return false;
  const { text } = literal.pattern;
  if (other.pattern.kind === 'prefix') return other.pattern.text.startsWith(text) && other.pattern.foldCase === undefined;
  return other.pattern.kind === 'among' && other.pattern.texts.every((one) => one.startsWith(text)) && other.pattern.foldCase === undefined;
}

function isEveryPath(literal: Literal): boolean {
  return literal.of === 'text' && literal.dimension === 'path' && literal.pattern?.kind === 'prefix' && literal.pattern.text === '/';
}

function literalWords(literal: Literal): string {
  switch (literal.of) {
    case 'text':
      return textWords(literal);
    case 'claim':
      return `claim ${literal.path.join('.')}${patternWords(literal.pattern, literal.negated)}`;
    case 'address':
      return literal.negated ? 'another address' : 'an address of the route';
    case 'opaque':
      return `${literal.negated ? 'not ' : ''}${literal.words}`;
  }
}

function textWords({ dimension, pattern, negated, absent }: TextLiteral): string {
  const space = dimension.indexOf(' ');
  const name = space === -1 ? dimension : dimension.slice(space + 1);
  const subject = dimension.startsWith('query ') ? `?${name}` : name;
  if (pattern === undefined) return negated ? `without ${subject}` : `with ${subject}`;
  if (dimension === 'path' || dimension === 'method') return pathWords(dimension, pattern, negated);
  const cookie = dimension === 'header cookie' && pattern.kind === 'regex' ? oneCookie(pattern.regex) : undefined;
  if (cookie !== undefined) return `cookie ${cookie.name} ${negated ? '≠' : '='} ${cookie.value}`;
  return `${subject}${patternWords(pattern, negated)}${negated && !absent ? ' (but there)' : ''}`;
}

/** A pattern for one cookie among others, as intents write it: with just quoted characters, and alternatives in brackets. */
function oneCookie(regex: string): { readonly name: string; readonly value: string } | undefined {
  const [, name, value] = /^\(\.\*; \?\)\?((?:\\.|[A-Za-z0-9_])+)=((?:\\.|[A-Za-z0-9_()|])+)\(;\.\*\)\?$/.exec(regex) ?? [];
  return name === undefined || value === undefined ? undefined : { name: name.replaceAll('\\', ''), value: value.replaceAll('\\', '') };
}

function pathWords(subject: string, pattern: Pattern, negated: boolean): string {
  const not = negated ? 'not ' : '';
  if (pattern.kind === 'among') return `${not}${subject} ${listWords(pattern.texts, 'or')}`;
  if (pattern.kind === 'prefix') return `${not}${subject} ${pattern.text}…`;
  return `${subject}${patternWords(pattern, negated)}`;
}

function patternWords(pattern: Pattern, negated: boolean): string {
  switch (pattern.kind) {
    case 'among':
      return ` ${negated ? '≠' : '='} ${listWords(pattern.texts, negated ? 'and' : 'or')}`;
    case 'prefix':
      return ` ${negated ? '≠' : '='} ${pattern.text}…`;
    case 'regex':
      return ` ${negated ? '!~' : '~'} ${pattern.regex}`;
    case 'hosts':
      return ` ${negated ? 'outside' : 'within'} ${listWords(pattern.hosts, 'or')}`;
  }
}

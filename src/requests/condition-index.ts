import type { Condition, TextDimension, TextLiteral } from './literal.ts';
import { foldedCase, re2Of } from './pattern.ts';

export interface Indexed<T> {
  readonly condition: Condition;
  readonly owner: T;
}

/** Conditions in which those that one could meet are found without looking at all. */
export interface ConditionIndex<T> {
  readonly add: (condition: Condition, owner: T) => void;
  /** Every added condition that might hold together with this one, in the order in which they were added. */
  readonly candidates: (condition: Condition) => readonly Indexed<T>[];
}

interface Entry<T> extends Indexed<T> {
  readonly number: number;
}

/** By a value that they ask for (of a header, of the query), where there is one, and then by what their paths begin with. */
export function createConditionIndex<T>(): ConditionIndex<T> {
  const unnamed = createPathIndex<T>();
  const named = new Map<TextDimension, Map<string, PathIndex<T>>>();
  let count = 0;
  return {
    add: (condition, owner) => {
      const key = valueKey(condition);
      const paths = key === undefined ? unnamed : place(named, key);
      paths.add(beginningOf(condition), { condition, owner, number: count++ });
    },
    candidates: (condition) => {
      const path = beginningOf(condition);
      const met: Entry<T>[] = [...unnamed.meeting(path)];
      for (const [dimension, byText] of named) {
        const only = textsAskedFor(condition, dimension);
        const lists = only === undefined ? byText.values() : only.flatMap((text) => byText.get(text) ?? []);
        for (const paths of lists) met.push(...paths.meeting(path));
      }
      return met.sort((a, b) => a.number - b.number);
    },
  };
}

interface ValueKey {
  readonly dimension: TextDimension;
  readonly text: string;
}

function place<T>(named: Map<TextDimension, Map<string, PathIndex<T>>>, { dimension, text }: ValueKey): PathIndex<T> {
  const byText = named.get(dimension) ?? new Map<string, PathIndex<T>>();
  named.set(dimension, byText);
  const paths = byText.get(text) ?? createPathIndex<T>();
  byText.set(text, paths);
  return paths;
}

/** The one value that a condition asks for in a header or parameter. */
function valueKey(condition: Condition): ValueKey | undefined {
  for (const literal of condition) {
    if (literal.of !== 'text' || !isNamed(literal.dimension)) continue;
    const [text, ...others] = textsOf(literal) ?? [];
    if (text !== undefined && others.length === 0) return { dimension: literal.dimension, text };
  }
  return undefined;
}

function isNamed(dimension: TextDimension): boolean {
  return dimension.startsWith('header ') || dimension.startsWith('query ');
}

function textsAskedFor(condition: Condition, dimension: TextDimension): readonly string[] | undefined {
  for (const literal of condition) {
    if (literal.of !== 'text' || literal.dimension !== dimension) continue;
    const texts = textsOf(literal);
    if (texts !== undefined) return texts;
  }
  return undefined;
}

/** The only texts for which a literal holds, where they can be listed. */
function textsOf({ pattern, negated, absent }: TextLiteral): readonly string[] | undefined {
  return pattern?.kind === 'among' && pattern.foldCase === undefined && !negated && !absent ? pattern.texts : undefined;
}

/** What the path must begin with, without regard to case. */
function beginningOf(condition: Condition): string {
  for (const literal of condition) {
    if (literal.of !== 'text' || literal.dimension !== 'path' || literal.negated || literal.pattern === undefined) continue;
    const { pattern } = literal;
    if (pattern.kind === 'prefix') return foldedCase(pattern.text);
    if (pattern.kind === 'among' && pattern.texts.length === 1) return foldedCase(pattern.texts[0] ?? '');
    if (pattern.kind === 'regex') return foldedCase(re2Of(pattern)?.beginning ?? '');
  }
  return '';
}

interface PathIndex<T> {
  readonly add: (beginning: string, entry: Entry<T>) => void;
  /** Those whose paths begin so, or with a part of it. */
  readonly meeting: (beginning: string) => Iterable<Entry<T>>;
}

function createPathIndex<T>(): PathIndex<T> {
  const sorted: string[] = [];
  const byBeginning = new Map<string, Entry<T>[]>();
  const lengths = new Set<number>();
  return {
    add: (beginning, entry) => {
      const known = byBeginning.get(beginning);
      if (known !== undefined) {
        known.push(entry);
        return;
      }
      byBeginning.set(beginning, [entry]);
      lengths.add(beginning.length);
      sorted.splice(firstNotBelow(sorted, beginning), 0, beginning);
    },
    *meeting(beginning) {
      for (const length of lengths) if (length < beginning.length) yield* byBeginning.get(beginning.slice(0, length)) ?? [];
      for (let i = firstNotBelow(sorted, beginning); i < sorted.length; i++) {
        const one = sorted[i] ?? '';
        if (!one.startsWith(beginning)) return;
        yield* byBeginning.get(one) ?? [];
      }
    },
  };
}

function firstNotBelow(sorted: readonly string[], text: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') < text) low = middle + 1;
    else high = middle;
  }
  return low;
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { treeOf } from '../support/tree-of.ts';

const root = process.cwd();
const page = readFileSync(join(root, 'docs/glossary.md'), 'utf8');
const rows = [...page.matchAll(/^\| ([^|`]+) \| `(\w+)` \| (.+) \|$/gm)].map(([, term = '', word = '', meaning = '']) => ({
  term,
  word,
  meaning,
}));

/** Names that src/model declares: of types, functions, constants and fields. */
const declared = new Set(
  [...treeOf(join(root, 'src/model')).values()].flatMap((text) => [
    ...namesIn(text, /^export (?:type|interface|const|class|(?:async )?function) (\w+)/gm),
    ...namesIn(text, /\breadonly (\w+)\??:/g),
  ]),
);

function namesIn(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map(([, name = '']) => name);
}

describe('the glossary', () => {
  it('has a word of src/model for each term', () => {
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.filter(({ word }) => !declared.has(word))).toEqual([]);
  });

  it('explains each term once, in alphabetical order, in a sentence', () => {
    const terms = rows.map(({ term }) => term);
    expect(terms).toEqual([...new Set(terms)].sort());
    expect(rows.filter(({ meaning }) => !meaning.endsWith('.'))).toEqual([]);
  });

  it('has no row that is not understood', () => {
    const lines = page.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| term '));
    expect(lines.length).toBe(rows.length);
  });
});

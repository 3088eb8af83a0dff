import { describe, expect, it } from 'vitest';
import { pairText, patchDocument } from '../../src/document/patch-document.ts';
import type { JsonObject } from '../../src/model/json.ts';

function patched(text: string, patch: JsonObject, { keepsNull = false, index = 0 } = {}) {
  return patchDocument(text, index, patch, { keepsNull: () => keepsNull });
}

const reviews = `# The stars.
service: reviews
port: 9080
versions: [v1, v2]              # v2 shows black ones
stable: v1                      # since May

# who tests
pins:
  - {user: jason, version: v2}  # our tester
canary: {version: v2, percent: 10}
`;

describe('a patched document', () => {
  it('keeps every other byte', () => {
    expect(patched(reviews, { stable: 'v2', canary: { percent: 20 }, versions: { v3: {} }, next: { stable: 'v3' } })).toEqual({
      text: `# The stars.
service: reviews
port: 9080
versions: [v1, v2, v3]              # v2 shows black ones
stable: v2                      # since May

# who tests
pins:
  - {user: jason, version: v2}  # our tester
canary: {version: v2, percent: 20}
next: {stable: v3}
`,
      lost: [],
    });
  });

  it('says which comments it would lose', () => {
    expect(patched(reviews, { pins: null })?.lost).toEqual(['# our tester']);
    expect(patched(reviews, { stable: null })?.lost).toEqual(['# since May']);
    expect(patched(reviews, { pins: [] })?.lost).toEqual(['# our tester']);
    expect(patched(reviews, { canary: null })?.lost).toEqual([]);
    const quoted = 'a: "x #1 y"\nb: \'z # 2\'\nc: |\n  # no comment\nd: x#3\ne: 1 # one\n';
    expect(patched(quoted, { a: 1, b: 1, c: 1, d: 1 })?.lost).toEqual([]);
    expect(patched(quoted, { a: null, b: null, c: null, d: null, e: null })?.lost).toEqual(['# one']);
  });

  it('keeps comments where that is asked for, above what they stood beside', () => {
    const kept = (text: string, patch: JsonObject) => patchDocument(text, 0, patch, { keepsNull: () => false, keepsComments: true });
    expect(kept('a: 1\nb: 2  # two\nc: [3]\n', { b: null, c: [] })).toEqual({ text: 'a: 1\n# two\nc: []\n', lost: [] });
    expect(kept('a:\n  # of x\n  - x # is it\n  - y\nb: 1\n', { a: ['z'] })).toEqual({ text: '# of x\n# is it\na: [z]\nb: 1\n', lost: [] });
  });

  it('writes entries by texts that are given', () => {
    const was = 'a:\n  # of x\n  - x\nb: 1\n';
    const texts = new Map([['a', pairText(was, 0, 'a') ?? '']]);
    const rewritten = (text: string) =>
      patchDocument(text, 0, { a: ['x'], b: 2 }, { keepsNull: () => false, keepsComments: true, texts })?.text;
    expect(rewritten('a:\n  # of x\n  - x\n  - y # new\nb: 1\n')).toBe('# new\na:\n  # of x\n  - x\nb: 2\n');
    expect(rewritten('b: 1\n')).toBe('b: 2\na:\n  # of x\n  - x\n');
  });

  it('keeps comments above what goes, where that is asked for', () => {
    const kept = (text: string, patch: JsonObject) => patchDocument(text, 0, patch, { keepsNull: () => false, keepsComments: true });
    expect(kept('a: 1\ncanary: # small\n  version: v2\n  percent: 5  # on purpose\n# of b\nb: 2\n', { canary: null })).toEqual({
      text: 'a: 1\n# small\n# on purpose\n# of b\nb: 2\n',
      lost: [],
    });
    expect(kept('a:\n  b: {c: 1} # deep\n  d: 2\ne: [1, # one\n  2]\n', { a: { b: null }, e: [] })?.text).toBe(
      '# deep\na:\n  d: 2\n# one\ne: []\n',
    );
  });

  it('removes entries, or writes that they are nothing', () => {
    expect(patched('a: 1\nb: {c: 1, d: 2}\ne: 3\n', { a: null, b: { d: null }, e: null })?.text).toBe('b: {c: 1}\n');
    expect(patched('a: 1\nb: {c: 1, d: 2}\n', { a: null, b: { c: null } }, { keepsNull: true })?.text).toBe(
      'a: null\nb: {c: null, d: 2}\n',
    );
    expect(patched('b: {c: 1, d: 2}\n', { b: { c: null } })?.text).toBe('b: {d: 2}\n');
  });

  it('writes into maps of every form', () => {
    expect(patched('a:\n  b: 1\n  c:\n    d: 2\nz: 1\n', { a: { c: { e: 3 }, f: 'x' } })?.text).toBe(
      'a:\n  b: 1\n  c:\n    d: 2\n    e: 3\n  f: x\nz: 1\n',
    );
    expect(patched('a: {}\nb:\n', { a: { c: 1 }, b: { d: 2 } })?.text).toBe('a: {c: 1}\nb: {d: 2}\n');
    expect(patched('a: 1', { b: 2 })?.text).toBe('a: 1\nb: 2');
  });

  it('finds its document', () => {
    expect(patched('a: 1\n---\na: 2\n# end\n---\na: 3\n', { a: 5, b: 6 }, { index: 1 })?.text).toBe(
      'a: 1\n---\na: 5\nb: 6\n# end\n---\na: 3\n',
    );
  });
});

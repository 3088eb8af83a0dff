import { describe, expect, it } from 'vitest';
import { checkText } from '../../src/document/check-text.ts';
import { parseFully, parseYaml } from '../../src/document/parse.ts';
import { readPlainYaml } from '../../src/document/plain-yaml.ts';

const taken: readonly (readonly [string, string, unknown])[] = [
  ['nested maps and lists', 'a:\n  b:\n    c: 1\nd:\n  - e: 1\n    f: 2\n  - g\n', [{ a: { b: { c: 1 } }, d: [{ e: 1, f: 2 }, 'g'] }]],
  ['a list in the column of its key', 'a:\n- p\n- q\nb: 1\n', [{ a: ['p', 'q'], b: 1 }]],
  ['a list in a compact map', 'a:\n  - b:\n    - 1\n    c:\n      d: 2\n', [{ a: [{ b: [1], c: { d: 2 } }] }]],
  ['wide gaps', 'a:   b\nc:\n     -    d:  1\n          e: 2\n', [{ a: 'b', c: [{ d: 1, e: 2 }] }]],
  ['flow on one line', 'a: {b: [1, {c: d e}], f: {}, g: [ ]}\n', [{ a: { b: [1, { c: 'd e' }], f: {}, g: [] } }]],
  ['quoted scalars', 'a: "x: y # z"\nb: \'yes\'\nc: ["*", "1.29", \'\']\n', [{ a: 'x: y # z', b: 'yes', c: ['*', '1.29', ''] }]],
  [
    'what plain scalars mean',
    'a: -2.5\nb: true\nc: ~\nd:\ne: 5s\nf: 1e3\ng: -0\n',
    [{ a: -2.5, b: true, c: null, d: null, e: '5s', f: 1000, g: 0 }],
  ],
  [
    'punctuation within plain scalars',
    "a: http://x:80/y\nb: it's\nc: x#y\nd: p{q},r\n",
    [{ a: 'http://x:80/y', b: "it's", c: 'x#y', d: 'p{q},r' }],
  ],
  ['comments and blank lines', '# top\n\na: 1 # one\n  # deeper\nb: #\n# left\n  c: 2\n   \n', [{ a: 1, b: { c: 2 } }]],
  ['letters beyond ASCII', '# “naïve” → ok …\na: Grüße\nb: "日本"\n', [{ a: 'Grüße', b: '日本' }]],
  ['several documents', '---\na: 1\n--- # next\n---\n# nothing\n---\nb: 2\n---\n', [{ a: 1 }, { b: 2 }]],
  ['whole numbers as keys', 'b: {90: p, 80: q}\n', [{ b: { 80: 'q', 90: 'p' } }]],
  ['only comments', '# nothing\n', []],
];

const left: readonly (readonly [string, string])[] = [
  ['an empty text', ''],
  ['no line feed at the end', 'a: 1'],
  ['a long text', `a: 1\n${'#\n'.repeat(50_000)}`],
  ['a byte order mark', '\ufeffa: 1\n'],
  ['CRLF', 'a: 1\r\n'],
  ['a tab', 'a:\t1\n'],
  ['a tab behind a value', 'a: 1\t# x\n'],
  ['a control character', 'a: x\x07\n'],
  ['next line', 'a: x\x85y\n'],
  ['a space that does not look like one', 'a:\xa01\n'],
  ['a soft hyphen', 'a: x\xady\n'],
  ['a zero-width character', '# x\u200by\n'],
  ['a line separator', 'a: x\u2028y\n'],
  ['a direction override', 'a: x # \u202e\n'],
  ['a lone surrogate', 'a: \ud800\n'],
  ['a directive', '%YAML 1.2\n---\na: 1\n'],
  ['a tag', 'a: !!str 1\n'],
  ['an anchor', 'a: &x 1\n'],
  ['an alias', 'a: *x\n'],
  ['a literal block', 'a: |\n  x\n'],
  ['a folded block', 'a: >-\n  x\n'],
  ['a plain scalar over two lines', 'a: x\n  y\n'],
  ['a plain scalar in a list over two lines', 'a:\n  - x\n    y\n'],
  ['a plain scalar below its key', 'a:\n  x\n'],
  ['a double-quoted scalar over two lines', 'a: "x\n  y"\n'],
  ['a single-quoted scalar over two lines', "a: 'x\n  y'\n"],
  ['an open quote', 'a: "x\n'],
  ['flow over two lines', 'a: [x,\n  y]\n'],
  ['open flow', 'a: {b: 1\n'],
  ['an escape', 'a: "x\\ny"\n'],
  ['an escaped single quote', "a: 'x''y'\n"],
  ['text behind a quoted scalar', 'a: "x" y\n'],
  ['a key behind a quoted scalar', 'a: "x"b: 1\n'],
  ['text behind flow', 'a: [x] y\n'],
  ['a comment without a space before it', 'a: "x"#y\n'],
  ['a comment without a space behind flow', 'a: [x]#y\n'],
  ['an explicit key', '? a\n: 1\n'],
  ['a merge key', 'a:\n  <<: {}\n'],
  ['a quoted key', '"a": 1\n'],
  ['a key in flow, quoted', 'a: {"b": 1}\n'],
  ['a key with a space', 'a b: 1\n'],
  ['a key with a star', '*.example.com: 1\n'],
  ['a key without a space behind its colon', 'a:1\n'],
  ['a space before the colon', 'a : 1\n'],
  ['a long key', `${'k'.repeat(300)}: 1\n`],
  ...['__proto__', 'constructor', 'prototype', 'toString', 'true', 'null', 'on', '1.5', '017', '0x1F', '12345678901234567'].map(
    (key) => [`the key ${key}`, `a:\n  ${key}: 1\n`] as const,
  ),
  ['a key twice', 'a: 1\nb: 2\na: 3\n'],
  ['a key twice in flow', 'a: {b: 1, b: 2}\n'],
  ['a key twice in a compact map', 'a:\n  - b: 1\n    b: 2\n'],
  ['a number twice', 'a: {80: 1, 80: 2}\n'],
  ['a map on the line of a key', 'a: b: 1\n'],
  ['a list on the line of a key', 'a: - b\n'],
  ['a list on the line of a list', 'a:\n  - - b\n'],
  ['an empty item', 'a:\n  -\n'],
  ['an item below its dash', 'a:\n  -\n    b: 1\n'],
  ['an item with nothing but a comment', 'a:\n  - # x\n'],
  ['a column that no block has', 'a:\n    b: 1\n  c: 2\n'],
  ['a deeper line behind a value', 'a: 1\n  b: 2\n'],
  ['a deeper item', 'a:\n  - b\n    - c\n'],
  ['a list among keys', 'a: 1\n- b\n'],
  ['a list left of its key', 'a:\n  b:\n- c\n'],
  ['a key among items', 'a:\n  - b\n  c: 1\n'],
  ['a first line that is indented', '  a: 1\n'],
  ['an empty place in flow', 'a: [b,, c]\n'],
  ['a comma at the end', 'a: [b,]\n'],
  ['a comma at the end of a map', 'a: {b: 1,}\n'],
  ['a comment in flow', 'a: [b #c]\n'],
  ['a pair in a flow list', 'a: [b: 1]\n'],
  ['a colon before a comma in flow', 'a: [b:, c]\n'],
  ['a key without a value in flow', 'a: {b}\n'],
  ['an empty value in flow', 'a: {b: }\n'],
  ['an unspaced pair in flow', 'a: {b:1}\n'],
  ['brackets that do not match', 'a: [b}\n'],
  ['a bracket within a scalar in flow', 'a: [b[c]\n'],
  ...[
    'yes',
    'No',
    'on',
    'OFF',
    'y',
    'N',
    '=',
    '0o17',
    '017',
    '08',
    '1_000',
    '12:30:45',
    '1:30',
    '-0x1F',
    '0b1',
    '.inf',
    '-.inf',
    '.nan',
  ].map((text) => [`the scalar ${text}`, `a: ${text}\n`] as const),
  ...['9007199254740992', '-9007199254740993', '1e999', '12345678901234567890'].map(
    (text) => [`the number ${text}`, `a: [${text}]\n`] as const,
  ),
  ...['@x', '`x', '%x', '|x', '>x', '&x', '*x', '!x', ',x', ']x', '}x', '?x', ':x', '- x', '-', '...', '"', "'", '#x', '\\x'].map(
    (text) => [`a scalar that starts as ${text}`, `a: b\nc: ${text}${text === '#x' ? '\n d' : ''}\n`] as const,
  ),
  ['a long scalar', `a: ${'x'.repeat(5_000)}\n`],
  ['a long quoted scalar', `a: "${'x'.repeat(5_000)}"\n`],
  ['many keys', Array.from({ length: 1_001 }, (_, i) => `k${i}: 1\n`).join('')],
  ['many keys in flow', `a: {${Array.from({ length: 1_001 }, (_, i) => `k${i}: 1`).join(', ')}}\n`],
  ['deep maps', Array.from({ length: 30 }, (_, i) => `${' '.repeat(i)}a:\n`).join('')],
  ['deep lists', `a:\n${Array.from({ length: 15 }, (_, i) => `${'  '.repeat(i)}- a:\n`).join('')}`],
  ['deep flow lists', `a: ${'['.repeat(30)}${']'.repeat(30)}\n`],
  ['very deep flow', `a: ${'[{a: '.repeat(10_000)}\n`],
  ['the end of a document', 'a: 1\n...\n'],
  ['the end of a document within a block', 'a:\n  b: 1\n...\nc: 1\n'],
  ['text behind a marker', '--- a: 1\n'],
  ['a marker that is none', '---a: 1\n'],
  ['an indented marker', 'a: 1\n  ---\nb: 2\n'],
  ['an indented marker in a block', 'a:\n  b: 1\n  ---\nc: 2\n'],
  ['a map in flow as a document', '{a: 1}\n'],
  ['a list as a document', '- a: 1\n'],
  ['a scalar as a document', 'hello\n'],
];

describe('readPlainYaml', () => {
  it.each(taken)('reads %s', (_, text, expected) => {
    expect(readPlainYaml(text)).toEqual(expected);
    expect(parseFully('a.yaml', text).value?.map(({ value }) => value)).toEqual(expected);
  });

  it.each(left)('leaves %s to the full parser', (_, text) => {
    expect(readPlainYaml(text)).toBeUndefined();
  });

  it('keeps keys in written order', () => {
    expect(Object.keys(readPlainYaml('z: 1\na: {k: 1, b: 2}\nm: 3\n')?.[0] ?? {})).toEqual(['z', 'a', 'm']);
  });

  it('takes no character that checkText refuses', () => {
    const texts = Array.from({ length: 0x10000 }, (_, code) => `a: x${String.fromCharCode(code)}y\n`).filter((text) => readPlainYaml(text));
    expect(texts.length).toBeGreaterThan(20_000);
    for (const text of texts) expect(checkText('a.yaml', text)).toEqual([]);
  });

  it('numbers documents as parseYaml does', () => {
    const text = '# licence\n---\na: 1\n---\n---\nb: 2\n';
    expect(readPlainYaml(text)).toHaveLength(2);
    expect(parseYaml('a.yaml', text).value).toEqual([
      { file: 'a.yaml', index: 0, value: { a: 1 } },
      { file: 'a.yaml', index: 1, value: { b: 2 } },
    ]);
  });
});

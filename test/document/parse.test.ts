import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseYaml } from '../../src/document/parse.ts';
import { joinDocuments, printYaml } from '../../src/document/print.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { isSpan, type Place } from '../../src/model/source.ts';
import { hazardousStrings } from './hazardous-strings.ts';

function values(text: string): unknown {
  return parseYaml('a.yaml', text).value?.map(({ value }) => value);
}

/** Findings as `CODE «text they point at»`, related places behind an arrow. */
function faults(text: string): readonly string[] {
  const pointed = (at: Place | undefined) => (at !== undefined && isSpan(at) ? `«${text.slice(at.start, at.end)}»` : 'nowhere');
  const show = ({ code, at, related }: Diagnostic) => [`${code} ${pointed(at)}`, ...related.map((other) => pointed(other.at))].join(' → ');
  const { value, diagnostics } = parseYaml('a.yaml', text);
  expect(value === undefined).toBe(diagnostics.length > 0);
  return diagnostics.map(show);
}

const accepted: readonly (readonly [string, string, unknown])[] = [
  ['an empty file', '', []],
  ['only comments', '# nothing\n---\n# here\n', []],
  [
    'scalars of the core schema',
    'a: 1\nb: -2.5\nc: true\nd: ~\ne:\nf: text\ng: 0x1F\nh: 1e3\n',
    [{ a: 1, b: -2.5, c: true, d: null, e: null, f: 'text', g: 31, h: 1000 }],
  ],
  [
    'text that only looks like something else',
    'a: 1.2.3\nb: 10.0.0.1\nc: 5s\nd: v1\ne: nope\nf: 2024-01-01\ng: -x\nh: 1.29.0\n',
    [{ a: '1.2.3', b: '10.0.0.1', c: '5s', d: 'v1', e: 'nope', f: '2024-01-01', g: '-x', h: '1.29.0' }],
  ],
  ['quoted words', 'a: "yes"\nb: \'017\'\n"on": "12:30"\n', [{ a: 'yes', b: '017', on: '12:30' }]],
  ['negative zero as zero', 'a: -0\nb: -0.0\n', [{ a: 0, b: 0 }]],
  ['several documents', 'a: 1\n---\n# none\n---\nb: 2\n...\n---\nc: 3\n', [{ a: 1 }, { b: 2 }, { c: 3 }]],
  ['flow style', '{a: {b: [1, c]}, d: }', [{ a: { b: [1, 'c'] }, d: null }]],
  ['block scalars', 'a: |\n  x\n  y\nb: >-\n  x\n  y\n', [{ a: 'x\ny\n', b: 'x y' }]],
  ['CRLF like LF', 'a: |\r\n  x\r\n  y\r\nb: "p\r\n  q"\r\nc:\r\n- 1\r\n', [{ a: 'x\ny\n', b: 'p q', c: [1] }]],
  ['a byte order mark at the start', '\uFEFFa: 1\n', [{ a: 1 }]],
  ['whole numbers as keys', 'ports: {80: {}, "90": {}}\n', [{ ports: { 80: {}, 90: {} } }]],
  ['aliases', 'a: &x {k: [1]}\nb: *x\nc: [*x, *x]\n', [{ a: { k: [1] }, b: { k: [1] }, c: [{ k: [1] }, { k: [1] }] }]],
  ['the same anchor in two documents', 'a: &x 1\n---\na: &x 2\nb: *x\n', [{ a: 1 }, { a: 2, b: 2 }]],
  ['tab and line feed in values', 'a: "x\\ty\\nz"\nb: "x\ty"\n', [{ a: 'x\ty\nz', b: 'x\ty' }]],
  ['32 levels', `a: ${'['.repeat(31)}${']'.repeat(31)}`, [{ a: Array.from({ length: 30 }).reduce((inner) => [inner], []) }]],
  ['keys that only resemble a prototype', 'toString: 1\nhasOwnProperty: 2\n', [{ toString: 1, hasOwnProperty: 2 }]],
];

const refused: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'Y01 an alias bomb',
    `a: &a [x, x, x]\n${[...'bcdefgh'].map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefg'[i]}`).join(', ')}]`).join('\n')}`,
    ['MS1003 «*c»'],
  ],
  [
    'Y01 aliases of aliases',
    `a: &a [${'x, '.repeat(999)}x]\n${[...'bcdefg'].map((name, i) => `${name}: &${name} [*${'abcdef'[i]}, *${'abcdef'[i]}]`).join('\n')}`,
    ['MS1003 «*c»'],
  ],
  ['Y02 deep flow lists', `a: ${'['.repeat(20_000)}`, ['MS1007 «[»']],
  ['Y02 deep flow maps', '{a: '.repeat(5_000), ['MS1007 «{»']],
  ['Y02 33 levels', `a: ${'['.repeat(32)}${']'.repeat(32)}`, ['MS1007 «[»']],
  ['Y02 depth by aliases', `a: &a ${'['.repeat(20)}${']'.repeat(20)}\nb: ${'['.repeat(15)}*a${']'.repeat(15)}`, ['MS1007 «*a»']],
  ['Y03 too many keys', Array.from({ length: 2_001 }, (_, i) => `k${i}: 1`).join('\n'), ['MS1023 «k0»']],
  ['Y05 a cyclic alias', 'a: &a [*a]', ['MS1004 «*a»']],
  ['Y06 a key twice', 'a: 1\nb: 2\na: 3\n', ['MS1002 «a» → «a»']],
  ['Y06 a key twice, once quoted', 'x:\n  a: 1\n  "a": 2\n', ['MS1002 «"a"» → «a»']],
  ['Y06 a number twice', '{1: a, "1": b}', ['MS1002 «"1"» → «1»']],
  ['Y07 a merge key', 'a: &a {x: 1}\nb:\n  <<: *a\n', ['MS1010 «<<»']],
  [
    'Y08 prototype keys',
    '__proto__: 1\n"constructor": 2\na: {prototype: 3}\n',
    ['MS1011 «__proto__»', 'MS1011 «"constructor"»', 'MS1011 «prototype»'],
  ],
  ['Y08 a key by alias', 'a: &a __proto__\n*a : 1\n', ['MS1012 «*a»']],
  [
    'Y09 keys that are no text',
    'true: 1\nnull: 2\n1.5: 3\n? [1]\n: 4\n? {a: 1}\n: 5\n: 6\n',
    ['MS1012 «true»', 'MS1012 «null»', 'MS1012 «1.5»', 'MS1012 «[1]»', 'MS1012 «{a: 1}»', 'MS1012 «»'],
  ],
  [
    'Y10 tags',
    'a: !!js/function x\nb: !foo y\nc: !!float 1\nd: ! z\n',
    ['MS1008 «!!js/function»', 'MS1008 «!foo»', 'MS1008 «!!float»', 'MS1008 «!»'],
  ],
  ['Y11 known tags', '--- !!omap\n- a: !!binary aGk=\n- !!set {x}\n', ['MS1008 «!!omap»', 'MS1008 «!!binary»', 'MS1008 «!!set»']],
  ['Y12 a directive', '%YAML 1.1\n---\na: yes\n', ['MS1009 «%YAML 1.1»']],
  ['Y12 an unknown directive', '%FOO bar\n---\na: 1\n', ['MS1009 «%FOO bar»']],
  [
    'Y13 words of YAML 1.1',
    'a: [yes, NO, On, off, y, N]',
    ['MS1013 «yes»', 'MS1013 «NO»', 'MS1013 «On»', 'MS1013 «off»', 'MS1013 «y»', 'MS1013 «N»'],
  ],
  ['Y13 a word of YAML 1.1 as key', 'on: push', ['MS1013 «on»']],
  [
    'Y13 numbers of YAML 1.1',
    'a: [017, 0o17, 0b1, 1_000, 12:30:45, 08, 1:30, -0x1F, 1_0.5]',
    ['017', '0o17', '0b1', '1_000', '12:30:45', '08', '1:30', '-0x1F', '1_0.5'].map((text) => `MS1013 «${text}»`),
  ],
  [
    'Y14 inexact numbers',
    'a: [12345678901234567890, 9007199254740992, -1e300]',
    ['MS1014 «12345678901234567890»', 'MS1014 «9007199254740992»', 'MS1014 «-1e300»'],
  ],
  ['Y14 numbers that are none', 'a: [.inf, -.INF, .nan]', ['MS1015 «.inf»', 'MS1015 «-.INF»', 'MS1015 «.nan»']],
  ['Y14 a number beyond all', 'a: 1e999', ['MS1014 «1e999»']],
  ['Y15 a byte order mark later', 'a: 1\n---\n\uFEFFb: 2\n', ['MS1016 «\uFEFF»']],
  ['Y16 a lone CR', 'a: 1\rb: 2\n', ['MS1017 «\r»']],
  ['Y16 a tab as indentation', 'a:\n\tb: 1\n', ['MS1018 «\t»']],
  ['Y17 control characters', 'a: "x\x07"\n', ['MS1019 «\x07»']],
  ['Y17 a control character in a comment', '# \x1b[2K\na: 1\n', ['MS1019 «\x1b»']],
  ['Y17 line separators', 'a: x\u2028y\n', ['MS1019 «\u2028»']],
  ['Y17 escaped control characters', 'a: "\\0"\n"b\\tc": 1\nd: "x\\r"\n', ['MS1019 «"\\0"»', 'MS1019 «"b\\tc"»', 'MS1019 «"x\\r"»']],
  ['Y19 a lone surrogate', 'a: "\ud800"\n', ['MS1020 «\ud800»']],
  ['Y19 an escaped surrogate and a noncharacter', 'a: "\\ud800"\nb: "\\uffff"\n', ['MS1020 «"\\ud800"»', 'MS1020 «"\\uffff"»']],
  ['Y20 a direction override', 'a: x # \u202e\n', ['MS1021 «\u202e»']],
  ['Y20 a zero-width joiner', 'a\u200d: 1\n', ['MS1021 «\u200d»']],
  ['Y20 escaped, too', 'a: "\\u202e"\n', ['MS1021 «"\\u202e"»']],
  ['Y21 a list root', '- a: 1\n', ['MS1025 «- a: 1\n»']],
  ['Y21 a scalar root', 'hello\n', ['MS1025 «hello»']],
  ['Y21 a null root', 'a: 1\n---\nnull\n', ['MS1025 «null»']],
  ['Y21 text after a document', 'a: 1\n... b\n', ['MS1001 «b»']],
  ['Y22 a long key', `${'k'.repeat(1_025)}: 1`, [`MS1001 «${'k'.repeat(1_025)}»`]],
  ['Y22 a long text', `a: "${'x'.repeat(16 * 1024 + 1)}"`, [`MS1022 «"${'x'.repeat(16 * 1024 + 1)}"»`]],
  ['Y22 a long file', `# ${'x'.repeat(256 * 1024)}`, ['MS1024 «»']],
  ['Y23 an unknown alias', 'a: *.example.com\n', ['MS1005 «*.example.com»']],
  ['Y23 an open quote', 'a: "x\nb: 1\n', ['MS1001 «"x»']],
  ['Y23 a list on the line of its key', 'a: - b\n', ['MS1001 «- b»']],
  ['Y23 an anchor twice', 'a: &x 1\nb: &x 2\n', ['MS1006 «&x» → «&x»']],
  ['a fault in each of two documents', 'a: yes\n---\nb: {\n---\nc: no\n', ['MS1013 «yes»', 'MS1001 «{»', 'MS1013 «no»']],
];

/** Texts that are no YAML: the text pointed at, related places behind an arrow, and the problem with what to write instead. */
const broken: readonly (readonly [string, string, string, string])[] = [
  [
    'a list that is never closed',
    'service: reviews\nport: 9080\nversions: [v1, v2, v3\nstable: v1\n',
    '«[v1, v2, v3» → «stable: v1»',
    '`[` is never closed (close it with `]`)',
  ],
  ['a list that is open at the end', 'service: reviews\nversions: [v1', '«[v1»', '`[` is never closed (close it with `]`)'],
  [
    'a map in a list that is never closed',
    'pins:\n  - match: {uri: {prefix: /x}\n    version: v1\nstable: v1\n',
    '«{uri: {prefix: /x}» → «version: v1»',
    '`{` is never closed (close it with `}`)',
  ],
  [
    'two brackets that are never closed',
    'a:\n  - b: [1, {c: 2\n  - d: 3\ne: 4\n',
    '«{c: 2» → «- d: 3»',
    '`{` is never closed (close it with `}`)',
  ],
  ['a list that is closed like a map', 'a: [v1, v2}\nb: 1\n', '«[v1, v2}»', '`[` is never closed (close it with `]`)'],
  [
    'a list whose lines are not indented',
    'a: [\nx,\ny\n]\nb: 1\n',
    '«[» → «x,»',
    '`[` is not closed before the lines that belong to it end (indent all lines up to `]` deeper than the key)',
  ],
  ['a bracket too many', 'a: [v1, v2]]\nb: 1\n', '«]»', '`]` closes nothing (delete it)'],
  ['a double quote that is never closed', 'a: "x\nb: 1\nc: "y"\n', '«"x»', '`"` is never closed (close it with `"`)'],
  ['a single quote that is never closed', "a: 'x\nb: 1\n", "«'x»", "`'` is never closed (close it with `'`)"],
  ['an apostrophe in single quotes', "a: 'it's'\n", "«s'»", "text follows the closing `'` (a `'` inside the quotes is written `''`)"],
  ['text behind a quoted one', 'a: "x" y\n', '«y»', 'text follows the closing `"` (a `"` inside the quotes is written `\\"`)'],
  ['text behind a list', 'a: [x] y\n', '«y»', 'text follows the closing `]` (put the whole value in quotes)'],
  [
    'a comma that is missing in a map',
    'a: [x y, z]\nb: {a: 1 b: 2}\n',
    '«1 b: 2»',
    'a comma is missing inside `{…}` (divide entries with `, `)',
  ],
  ['a comma that is missing in a list', 'a: ["x" "y"]\n', '«"»', 'a comma is missing inside `[…]` (divide entries with `, `)'],
  ['a comma too many', 'a: [,]\n', '«,»', 'a comma has nothing to divide (delete it)'],
  [
    'a colon without a space',
    'service: reviews\nport:9080\nstable: v1\n',
    '«port:9080»',
    'a space is missing after the colon of `port:` (write `port: 9080`)',
  ],
  [
    'a colon without a space on the last line',
    'service: reviews\nport:9080\n',
    '«port:9080»',
    'a space is missing after the colon of `port:` (write `port: 9080`)',
  ],
  [
    'a colon without a space in a map beneath',
    'canary:\n  version:v3\n  percent: 10\n',
    '«version:v3»',
    'a space is missing after the colon of `version:` (write `version: v3`)',
  ],
  [
    'a key without a colon',
    'service: reviews\nstable\nport: 1\n',
    '«stable»',
    '`stable` has no colon behind it (write `stable: …` if it is a key)',
  ],
  ['a dash without a space', 'a:\n  - x\n  -y\n', '«-y»', 'a space is missing after the dash (write `- y`)'],
  [
    'a line that is too deep',
    'service: reviews\n  port: 9080\nstable: v1\n',
    '«port: 9080» → «reviews»',
    'this line is indented as if it belonged to a key that has its value already (indent it with 0 spaces, or take the other value away)',
  ],
  [
    'a line of a list item that is too deep',
    'pins:\n  - user: jason\n     version: v2\n',
    '«version: v2» → «jason»',
    'this line is indented as if it belonged to a key that has its value already (indent it with 4 spaces, or take the other value away)',
  ],
  [
    'a line between two columns',
    'canary:\n    version: v3\n  percent: 10\n',
    '«percent: 10»',
    'the indentation of this line fits none of the lines above it (the keys of one map start in one column: indent it with 0 or 4 spaces)',
  ],
  [
    'a line between an item and its keys',
    'pins:\n  - user: jason\n   version: v2\n',
    '«version: v2»',
    'the indentation of this line fits none of the lines above it (the keys of one map start in one column: indent it with 0 or 4 spaces)',
  ],
  [
    'an item between two columns',
    'pins:\n  - user: a\n - user: b\n',
    '«- user: b»',
    'the indentation of this list item fits none of the lines above it (the items of one list start in one column: indent it with 2 spaces)',
  ],
  [
    'an item among keys',
    'a:\n  b: 1\n  - c\n',
    '«- c»',
    'the indentation of this list item fits none of the lines above it (a list stands beneath a key that has no other value)',
  ],
  [
    'a list beneath a value',
    'a: b\n  - c: d\n',
    '«- c: d» → «b»',
    'this line is indented as if it belonged to a key that has its value already (indent it with 0 spaces, or take the other value away)',
  ],
  ['a list on the line of its key', 'a: - b\n', '«- b»', 'a list starts on the line of its key (start it on the next line)'],
  [
    'a colon in a value',
    'a: b: c\n',
    '«b: c»',
    'a second key stands on the line of its key (a value that holds `: ` needs quotes; a map starts on the next line, indented deeper)',
  ],
  ['a value that starts with a reserved character', 'a: @x\n', '«@x»', 'a value cannot start with `@` (put the value in quotes: `"@x"`)'],
  ['a value that starts with a backtick', 'a: `x`\n', '«`x`»', 'a value cannot start with a backtick (put the value in quotes: `"`x`"`)'],
  ['a lone asterisk', 'a: *\n', '«*»', '`*` names nothing (put the value in quotes: `"*"`)'],
  [
    'an escape that is none',
    'a: "\\d+"\n',
    '«\\d»',
    '`\\d` means nothing in double quotes (write `\\\\d` for a backslash, or put the text in single quotes)',
  ],
  ['an escape that is cut off', 'a: "\\u12"\n', '«\\u»', '`\\u` needs 4 hexadecimal digits behind it'],
  [
    'a comment that touches a value',
    'a: "x"#c\n',
    '«#c»',
    'a space is missing before the comment (put a space before `#`; text that holds `#` needs quotes)',
  ],
  [
    'text on the line of a block scalar',
    'a: | text\nb: 1\n',
    '«text»',
    'text stands on the line of `|` (start it on the next line, indented)',
  ],
  ['text behind the end of a document', 'a: 1\n... b\n', '«b»', '`b` fits nowhere'],
  ['an anchor in place of a key', '&a a: b\n&x\n', '«\n»', 'what stands here fits nowhere'],
];

describe('parseYaml', () => {
  it.each(accepted)('reads %s', (_, text, expected) => {
    expect(parseYaml('a.yaml', text).diagnostics).toEqual([]);
    expect(values(text)).toEqual(expected);
  });

  it.each(refused)('refuses %s', (_, text, expected) => {
    expect(faults(text)).toEqual(expected);
  });

  it.each(broken)('points at %s, and says what to write', (_, text, pointed, words) => {
    const messages = parseYaml('a.yaml', text).diagnostics.map(({ message, hints }) => {
      return message.replace('this is not valid YAML: ', '') + hints.map((hint) => ` (${hint})`).join('');
    });
    expect(messages).toEqual([words]);
    expect(faults(text)).toEqual([`MS1001 ${pointed}`]);
  });

  it('blames a bracket only for its own document', () => {
    expect(faults('a: [\n---\nb:\n    c: 1\n  d: 2\n')).toEqual(['MS1001 «[»', 'MS1001 «d: 2»']);
  });

  it('numbers documents as it returns them', () => {
    expect(parseYaml('a.yaml', '# licence\n---\na: 1\n---\n---\nb: 2\n').value?.map(({ index }) => index)).toEqual([0, 1]);
  });

  it('keeps keys in written order', () => {
    expect(Object.keys(parseYaml('a.yaml', 'z: 1\na: 2\nm: 3\n').value?.[0]?.value ?? {})).toEqual(['z', 'a', 'm']);
  });

  it('never throws, and refuses with places inside the text', () => {
    const fragment = fc.constantFrom(
      ...hazardousStrings,
      '\n',
      '\n  ',
      ': ',
      '- ',
      '---\n',
      'a',
      'b: 1\n',
      '"',
      '*a',
      '&a ',
      '{',
      '}',
      '|\n  x\n',
      '\t',
      '# c\n',
    );
    fc.assert(
      fc.property(
        fc.array(fragment, { maxLength: 12 }).map((parts) => parts.join('')),
        (text) => {
          const { value, diagnostics } = parseYaml('a.yaml', text);
          expect(value === undefined).toBe(diagnostics.length > 0);
          for (const { at } of diagnostics) {
            if (at === undefined || !isSpan(at)) throw new Error('a finding without a span');
            expect(0 <= at.start && at.start <= at.end && at.end <= text.length).toBe(true);
          }
        },
      ),
      { seed: 11, numRuns: 5_000 },
    );
  });

  it('reads back what the printer prints', () => {
    const text = fc.string({ unit: fc.constantFrom(...'abcxyzYNoOeE019.:-_ #"\'{}[]&*!|>%@`,~=<?/\\\n\té') });
    const { map } = fc.letrec<{ json: unknown; map: Record<string, never> }>((tie) => ({
      json: fc.oneof(
        { maxDepth: 3 },
        text,
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('json'), { maxLength: 3 }),
        tie('map'),
      ),
      map: fc.dictionary(
        text.filter((key) => !/[\n\t]/.test(key) && key !== '<<'),
        tie('json'),
        { maxKeys: 3, noNullPrototype: true },
      ) as fc.Arbitrary<Record<string, never>>,
    }));
    fc.assert(
      fc.property(fc.array(map, { minLength: 1, maxLength: 3 }), (documents) => {
        expect(values(joinDocuments(documents.map(printYaml)))).toEqual(documents);
        expect(printYaml(documents[0] ?? {})).toBe(joinDocuments(documents.slice(0, 1).map(printYaml)));
      }),
      { seed: 5, numRuns: 1_500 },
    );
  });
});

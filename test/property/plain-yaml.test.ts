import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLocator } from '../../src/document/locate.ts';
import { parseFully, parseYaml } from '../../src/document/parse.ts';
import { plainLinesOf } from '../../src/document/plain-lines-of.ts';
import { readPlainYaml } from '../../src/document/plain-yaml.ts';
import { isList, isObject, type Json } from '../../src/model/json.ts';
import { joinPointer, type Pointer } from '../../src/model/pointer.ts';
import { treeOf } from '../support/tree-of.ts';

/** `FUZZ_RUNS=1000000 FUZZ_SEED=7` looks further, and elsewhere, than a test run has time for. */
const runs = Number(process.env.FUZZ_RUNS ?? 28_000);
const seed = Number(process.env.FUZZ_SEED ?? 20_251_124);
/** Milliseconds; only longer runs than usual come near. */
const timeout = 3_600_000;

/** Every YAML file below an environment's folder. */
function intents(folder: string): readonly string[] {
  const tree = treeOf(folder, (path) => path.endsWith('.yaml') && `/${folder}/${path}`.includes('/environments/'));
  return [...tree.values()];
}

const good = [...intents('environments'), ...intents('test/golden')];
const bad = intents('test/diagnostics');

/** What means something to YAML, or to some reader of it. */
const piece = fc.constantFrom(
  ...[...' \n:#-?,[]{}&*!|>\'"%@`\\~=<.+_/()$^;0189eExXoynNT'],
  ...[
    'a',
    'b',
    'é',
    '…',
    '☃',
    '😀',
    '\t',
    '\r',
    '\r\n',
    '\0',
    '\x7f',
    '\x85',
    '\xa0',
    '\xad',
    '\u200b',
    '\u2028',
    '\u202e',
    '\ufeff',
    '\ud800',
    '\uffff',
  ],
  ...[
    ': ',
    ':\n',
    ' #',
    ' # ',
    '- ',
    '-\n',
    '- - ',
    '\n  ',
    '\n- ',
    '\n---\n',
    '\n...\n',
    '---',
    '--- ',
    '...',
    '? ',
    ', ',
    '  ',
    '    ',
    '\n\n',
    '::',
  ],
  ...[
    '{a: b}',
    '[a, b]',
    '{a}',
    '[a: b]',
    '{}',
    '[]',
    '{a: }',
    '[a,]',
    '["a"]',
    '{"a":b}',
    "''",
    '""',
    "'",
    "it's",
    '"\\n"',
    '"a" b',
    "'a'b",
    '"a": ',
  ],
  ...[
    '|',
    '|-\n',
    '>-',
    '&a ',
    '*a',
    '!!str ',
    '! ',
    '%YAML 1.2\n',
    '<<: ',
    '"<<": ',
    '__proto__: ',
    'constructor: ',
    'prototype: ',
    'toString: ',
  ],
  ...[
    'yes',
    'off',
    'null',
    '~',
    'true',
    '0x1F',
    '0o17',
    '017',
    '1_000',
    '12:30:45',
    '1:30',
    '1e3',
    '1e999',
    '2024-01-01',
    '9007199254740993',
    '.inf',
    '-.inf',
    '.nan',
    '.5',
    '-.5',
    '-0',
    '5.',
    '+1',
  ],
  ...['a: 1\n', 'service: ', 'a:b', 'http://x:80/', '*.example.com', '"*"', '10%', 'x#y'],
);

/** One change of a text; `at` and `to` are places in parts of a million. */
interface TextEdit {
  readonly kind: 'insert' | 'delete' | 'replace' | 'repeat' | 'indent' | 'dedent' | 'join' | 'drop' | 'move' | 'cut';
  readonly at: number;
  readonly to: number;
  readonly piece: string;
}

const place = fc.nat({ max: 999_999 });
const kind = fc.constantFrom<TextEdit['kind'][]>(
  'insert',
  'insert',
  'insert',
  'replace',
  'replace',
  'delete',
  'repeat',
  'indent',
  'dedent',
  'join',
  'drop',
  'move',
  'cut',
);
const textEdit: fc.Arbitrary<TextEdit> = fc.record({ kind, at: place, to: place, piece });

function edited([text, edits]: readonly [string, readonly TextEdit[]]): string {
  return edits.reduce(editText, text);
}

function editText(text: string, edit: TextEdit): string {
  const at = Math.floor((edit.at / 1_000_000) * (text.length + 1));
  const length = 1 + (edit.to % 3);
  switch (edit.kind) {
    case 'insert':
      return text.slice(0, at) + edit.piece + text.slice(at);
    case 'replace':
      return text.slice(0, at) + edit.piece + text.slice(at + length);
    case 'delete':
      return text.slice(0, at) + text.slice(at + length);
    case 'cut':
      return `${text.slice(0, at)}\n`;
    default:
      return editLines(text.split('\n'), edit).join('\n');
  }
}

function editLines(lines: readonly string[], { kind, at, to }: TextEdit): readonly string[] {
  const index = Math.floor((at / 1_000_000) * lines.length);
  const line = lines[index] ?? '';
  const spaces = ' '.repeat(1 + (to % 2));
  switch (kind) {
    case 'repeat':
      return lines.toSpliced(index, 0, line);
    case 'indent':
      return lines.map((other, i) => (i >= index && i <= index + (to % 5) ? spaces + other : other));
    case 'dedent':
      return lines.map((other, i) =>
        i >= index && i <= index + (to % 5) && other.startsWith(spaces) ? other.slice(spaces.length) : other,
      );
    case 'join':
      return lines.toSpliced(index, 2, line + spaces.slice(1) + (lines[index + 1] ?? '').trimStart());
    case 'drop':
      return lines.toSpliced(index, 1);
    default:
      return lines.toSpliced(index, 1).toSpliced(Math.floor((to / 1_000_000) * lines.length), 0, line);
  }
}

const word = fc.constantFrom('reviews', 'v1', 'a', 'x-beta', 'shop.example.com', '/api', 'end-user', '80', '443', 'port_1', 'Env');
const scalar = fc.oneof(
  word,
  fc.integer().map(String),
  fc
    .double({ noNaN: true, min: -1e6, max: 1e6 })
    .map((value) => (Number.isInteger(value) ? value : Number(value.toFixed(3))))
    .map(String),
  fc.constantFrom(
    'true',
    'false',
    'null',
    '~',
    '5s',
    '10.0.0.1',
    '2024-01-01',
    'http://x/y',
    'a b  c',
    'x#y',
    "it's",
    'é…',
    '-x',
    '0x1F',
    '1.29.0',
    'GET',
  ),
  fc.constantFrom('"*"', '"1.29"', "'yes'", '"a: b # c"', "''", '""', '"{[,]}"', "'---'", '"5xx,reset"', '"é …"'),
);
const { flow } = fc.letrec<{ flow: string; list: string; map: string }>((tie) => ({
  flow: fc.oneof({ maxDepth: 2, withCrossShrink: true }, scalar, tie('list'), tie('map')),
  list: fc.array(tie('flow'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
  map: fc
    .uniqueArray(fc.tuple(word, tie('flow')), { maxLength: 3, selector: ([key]) => key })
    .map((pairs) => `{${pairs.map((pair) => pair.join(': ')).join(', ')}}`),
}));

/** The lines of a value, without the indentation of their block; a single one that is `inline` may stand behind its key. */
interface Lines {
  readonly inline: boolean;
  readonly list: boolean;
  readonly lines: readonly string[];
}

const trailer = fc.constantFrom('', '', '', ' ', ' # why', '  #', '\n', '\n# comment', '\n       # deep');
const { map } = fc.letrec<{ value: Lines; map: Lines; list: Lines; inline: Lines }>((tie) => ({
  value: fc.oneof({ maxDepth: 3, withCrossShrink: true }, tie('inline'), tie('inline'), tie('map'), tie('list')),
  inline: fc.tuple(flow, trailer).map(([text, end]) => ({ inline: true, list: false, lines: [text + end] })),
  list: fc
    .array(fc.tuple(fc.oneof(tie('inline'), tie('map')), fc.integer({ min: 1, max: 3 })), { minLength: 1, maxLength: 3 })
    .map((items) => ({
      inline: false,
      list: true,
      lines: items.flatMap(([{ lines }, gap]) => lines.map((line, i) => (i === 0 ? '-' : ' ') + ' '.repeat(gap) + line)),
    })),
  map: fc
    .uniqueArray(fc.tuple(word, tie('value'), fc.nat({ max: 3 }), trailer), { minLength: 1, maxLength: 4, selector: ([key]) => key })
    .map((members) => ({
      inline: false,
      list: false,
      lines: members.flatMap(([key, value, step, end]) => member(key, value, step, end)),
    })),
}));

function member(key: string, { inline, list, lines }: Lines, step: number, end: string): readonly string[] {
  if (inline) return [`${key}:${' '.repeat(step + 1)}${lines[0]}`];
  const indent = ' '.repeat(list ? step : step + 1);
  return [`${key}:${end}`, ...lines.map((line) => indent + line)];
}

const separator = fc.constantFrom('---\n', '--- # next\n', '---\n\n# more\n---  \n');
const plainText = fc
  .array(fc.tuple(map, separator), { minLength: 1, maxLength: 2 })
  .map((documents) =>
    documents.map(([{ lines }, marker], i) => (i === 0 ? '' : marker) + lines.map((line) => `${line}\n`).join('')).join(''),
  );

/** Lines that each make sense somewhere, in columns where they may not. */
const soup = fc
  .array(
    fc.tuple(
      fc.constantFrom('', '', '  ', '  ', '    ', ' ', '   '),
      fc.constantFrom('a: ', 'b: ', 'c:', 'd:', '- ', '- a: ', '- b:', '-  c: ', ''),
      fc.oneof(fc.constant(''), fc.constant(''), piece, scalar, flow),
      fc.oneof(fc.constant(''), fc.constant(''), piece),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((lines) => lines.map((parts) => `${parts.join('')}\n`).join(''));

/** What is wrong with the plain reader's answer to a text: nothing, if the full parser would give it, too, and find no fault. */
function disagreement(text: string): string {
  const plain = readPlainYaml(text);
  if (plain === undefined) return '';
  const full = parseFully('a.yaml', text);
  const values = full.value?.map(({ value }) => value);
  if (full.diagnostics.length > 0) return `refused: ${full.diagnostics.map(({ message }) => message).join()}`;
  const same = isDeepStrictEqual(values, plain) && JSON.stringify(values) === JSON.stringify(plain);
  return same ? '' : `${JSON.stringify(plain)} for ${JSON.stringify(values)}`;
}

/** Holds the readers against each other on `count` texts and returns the share of those that the plain one took. */
function agreed(texts: fc.Arbitrary<string>, count: number): number {
  let taken = 0;
  const property = fc.property(texts, (text) => {
    expect(disagreement(text)).toBe('');
    if (readPlainYaml(text) !== undefined) taken++;
  });
  fc.assert(property, { seed, numRuns: count });
  return taken / count;
}

describe('readPlainYaml, where it answers, answers as the full parser', () => {
  it('on every intent of this repository', () => {
    expect(good.length).toBeGreaterThan(100);
    for (const text of [...good, ...bad]) expect(disagreement(text)).toBe('');
  });

  it('on random plain documents, all of which it takes', { timeout }, () => {
    expect(agreed(plainText, Math.ceil(runs / 70))).toBe(1);
  });

  it('on mutations of all these', { timeout }, () => {
    const texts = [...good, ...bad, ...fc.sample(plainText, { seed, numRuns: 800 })];
    const mutated = fc.tuple(fc.constantFrom(...texts), fc.array(textEdit, { minLength: 1, maxLength: 2 })).map(edited);
    expect(agreed(mutated, Math.ceil(runs * 0.75))).toBeGreaterThan(0.25);
  });

  it('on random lines of YAML in random columns', { timeout }, () => {
    expect(agreed(soup, Math.ceil(runs / 4))).toBeGreaterThan(0.02);
  });
});

describe('readPlainYaml', () => {
  it('takes at least 95 of 100 intents', () => {
    expect(good.filter((text) => readPlainYaml(text) !== undefined).length / good.length).toBeGreaterThanOrEqual(0.95);
  });

  it('is the short way of parseYaml, which changes no result', () => {
    for (const text of [...good, ...bad]) expect(parseYaml('a.yaml', text)).toEqual(parseFully('a.yaml', text));
  });
});

/** Each place of a value, and one beneath it that nobody wrote. */
function pointersOf(value: Json | undefined, pointer: Pointer): readonly Pointer[] {
  const members = isList(value) ? [...value.entries()] : isObject(value) ? Object.entries(value) : [];
  return [pointer, joinPointer(pointer, '9'), ...members.flatMap(([key, member]) => pointersOf(member, joinPointer(pointer, key)))];
}

function lineDisagreement(text: string): string {
  const locate = createLocator(new Map([['a.yaml', text]]));
  const plain = plainLinesOf(text);
  const lineOf = (at: number): number => text.slice(0, at).split('\n').length;
  for (const [document, value] of (readPlainYaml(text) ?? []).entries())
    for (const pointer of pointersOf(value, ''))
      for (const part of ['key', 'value'] as const) {
        const [found, full] = [plain?.({ document, pointer, part }), locate({ file: 'a.yaml', document, pointer, part })];
        if (full === undefined || found !== lineOf(full.start))
          return `${document} ${pointer} (${part}): line ${found} for ${JSON.stringify(full)}`;
      }
  return '';
}

describe('plainLinesOf, where it answers, answers as the locator', () => {
  it('on every intent of this repository', () => {
    for (const text of [...good, ...bad]) expect(lineDisagreement(text)).toBe('');
  });

  it('on random plain documents, and on mutations of these', { timeout }, () => {
    const mutated = fc.tuple(plainText, fc.array(textEdit, { maxLength: 1 })).map(edited);
    const property = fc.property(mutated, (text) => {
      expect(lineDisagreement(text)).toBe('');
    });
    fc.assert(property, { seed, numRuns: Math.ceil(runs / 250) });
  });

  it('says nothing of other texts, nor of documents that are not there', () => {
    expect(plainLinesOf('a: &b 1\n')).toBeUndefined();
    expect(plainLinesOf('a: 1\n---\n# none\n')?.({ document: 1, pointer: '' })).toBeUndefined();
  });
});

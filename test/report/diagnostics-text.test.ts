import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderDiagnosticsText } from '../../src/report/diagnostics-text.ts';
import { displayWidth } from '../../src/report/display-width.ts';
import { aDiagnostic, findingIn, placeOf, reviewsPath, reviewsTree } from './report-fixtures.ts';

const plain = { color: false };

/** The lines of the first frame and beneath, for cases about frames alone. */
function frameOf(text: string, words: string, width = 100): readonly string[] {
  const { tree, diagnostic } = findingIn(text, words, { why: '', fix: '' });
  return renderDiagnosticsText([diagnostic], tree, { color: false, width }).split('\n').slice(2, -3);
}

test('says what, where, with the line and the key that holds it, what else matters, why, and what to write', () => {
  const diagnostic = aDiagnostic({
    at: placeOf('v4'),
    hints: ['did you mean `v3`?'],
    related: [{ message: 'the declared versions', at: placeOf('[v1, v2, v3]') }],
  });
  expect(renderDiagnosticsText([diagnostic], reviewsTree, plain)).toBe(`error[MS5004] known-subset: subset "v4" of reviews is not declared
 --> environments/prod/services/reviews.yaml:7:12
  |
4 | canary:
...
7 |   version: v4
  |            ^^
  ::: environments/prod/services/reviews.yaml:2:11
  |
2 | versions: [v1, v2, v3]
  |           ------------ the declared versions
  |
  = help: did you mean \`v3\`?
  = why: Istio cannot find endpoints for an undeclared subset, so every matching request fails.
  = fix: Declare the version under \`versions:\` of the service, or route to a declared one.

1 error
`);
});

test('is empty when there is nothing to say', () => {
  expect(renderDiagnosticsText([], reviewsTree, plain)).toBe('');
});

test('orders by file, place and code, says each finding once, and counts', () => {
  const first = aDiagnostic({ at: placeOf('service'), message: 'first' });
  const second = aDiagnostic({ at: placeOf('stable'), message: 'second', severity: 'warning' });
  const sameplace = aDiagnostic({ at: placeOf('stable'), message: 'third', code: 'MS5005' });
  const whole = aDiagnostic({ message: 'of the whole', severity: 'info' });
  const elsewhere = aDiagnostic({ at: { file: 'a.yaml', start: 0, end: 0 }, message: 'elsewhere' });
  const text = renderDiagnosticsText([sameplace, second, first, second, whole, elsewhere, first], reviewsTree, plain);
  const heads = text.split('\n').filter((line) => /^(error|warning|note)\[/.test(line));
  expect(heads.map((head) => head.split(': ')[1])).toEqual(['of the whole', 'elsewhere', 'first', 'second', 'third']);
  expect(text.endsWith('\n3 errors, 1 warning, 1 note\n')).toBe(true);
});

test('a file that was not read is named without a frame', () => {
  const diagnostic = aDiagnostic({ at: { file: 'missing.yaml', start: 9, end: 12 }, why: '', fix: '' });
  expect(renderDiagnosticsText([diagnostic], reviewsTree, plain).split('\n')[1]).toBe(' --> missing.yaml');
});

test('tabs, wide characters and emoji keep the underline beneath the words', () => {
  expect(frameOf('a:\n\tb: x\n', 'x')).toEqual(['  |', '1 | a:', '2 |     b: x', '  |        ^']);
  expect(frameOf('name: 書評 v9\n', '書評')).toEqual(['  |', '1 | name: 書評 v9', '  |       ^^^^']);
  expect(frameOf('name: 👍🏽 v9\n', 'v9').at(-1)).toBe(`  | ${' '.repeat(displayWidth('name: 👍🏽 '))}^^`);
  expect(frameOf('name: cafe\u0301 v9\n', 'v9').at(-1)).toBe('  |            ^^');
});

test('CRLF files show no carriage return and count columns as editors do', () => {
  expect(frameOf('service: reviews\r\nstable: v9\r\n', 'v9')).toEqual(['  |', '2 | stable: v9', '  |         ^^']);
});

test('a place over several lines shows its first and its last line', () => {
  expect(frameOf('routes:\n  - match: a\n    to: v2\n    timeout: 3s\nlast: 1\n', '- match: a\n    to: v2\n    timeout: 3s\n')).toEqual([
    '  |',
    '1 | routes:',
    '2 |   - match: a',
    '  |   ^^^^^^^^^^',
    '...',
    '4 |     timeout: 3s',
    '  |     ^^^^^^^^^^^',
  ]);
});

test('a long line is cut around the place', () => {
  const long = `key: ${'x'.repeat(500)} HERE ${'y'.repeat(500)}`;
  const [, line = '', marks = ''] = frameOf(long, 'HERE', 60);
  expect(displayWidth(line)).toBeLessThanOrEqual(60);
  expect(line).toMatch(/^1 \| ….* HERE .*…$/);
  expect(line.slice(marks.indexOf('^'), marks.lastIndexOf('^') + 1)).toBe('HERE');
});

test('a place at the very end, and beyond the end, of a text is shown', () => {
  const diagnostic = aDiagnostic({ at: { file: reviewsPath, start: 1e6, end: 2e6 }, why: '', fix: '' });
  expect(renderDiagnosticsText([diagnostic], reviewsTree, plain).split('\n').slice(1, 5)).toEqual([
    `  --> ${reviewsPath}:10:1`,
    '   |',
    '10 |',
    '   | ^',
  ]);
});

test('what acts on a terminal or reorders text is shown as an escape', () => {
  const { tree, diagnostic } = findingIn('a: "\u202e\u2066x\u001b[31m\u0007\u200b\u0085"\n', 'x', {
    message: 'bad \u001b]0;title\u0007 \u202e\n::set-output',
  });
  const text = renderDiagnosticsText([diagnostic], tree, plain);
  expect(text).toContain('a: "\\u202e\\u2066x\\x1b[31m\\x07\\u200b\\x85"');
  expect(text).toContain('bad \\x1b]0;title\\x07 \\u202e\\n::set-output');
});

test('nothing that is quoted is obeyed by the log of a continuous integration', () => {
  const { tree, diagnostic } = findingIn('::set-output name=a::b\n##vso[task.setvariable]\n##[group]x\n', 'set-output', {
    message: '##vso[task.complete] ::stop-commands::x',
    hints: ['x\n::add-mask::y', '##[error]z'],
    why: `${'long '.repeat(30)}::error::w`,
  });
  const text = renderDiagnosticsText([diagnostic], tree, plain);
  expect(text).not.toMatch(/##(\[|vso\[)/i);
  expect(text.split('\n').filter((line) => line.trimStart().startsWith('::') && !line.trimStart().startsWith('::: '))).toEqual([]);
});

test('colour is only added around the same text', () => {
  const diagnostic = aDiagnostic({ at: placeOf('v4'), related: [{ message: 'declared', at: placeOf('[v1') }], hints: ['h'] });
  const colored = renderDiagnosticsText([diagnostic], reviewsTree, { color: true });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ANSI sequences are what is taken away
  expect(colored.replaceAll(/\u001b\[[\d;]*m/g, '')).toBe(renderDiagnosticsText([diagnostic], reviewsTree, plain));
  expect(colored).toContain('\u001b[1;31merror[MS5004]');
});

test('whatever a file holds, the frame has no unseen characters and underlines just the place', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    fc.constantFrom('\t', '\u202e', '##vso[', '\u001b[2J', '\ud800', '::error::', '書評', '👩‍🚀', '\r\n', '\n'),
  );
  const words = fc.array(hostile, { maxLength: 8 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(words, words, fc.nat(400), fc.nat(400), fc.integer({ min: 30, max: 120 }), (text, message, start, length, width) => {
      const tree = new Map([[reviewsPath, text]]);
      const diagnostic = aDiagnostic({ message, hints: [message], at: { file: reviewsPath, start, end: start + length } });
      const shown = renderDiagnosticsText([diagnostic], tree, { color: false, width });
      // biome-ignore lint/suspicious/noControlCharactersInRegex: none may be left
      expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|##vso\[|##\[/iu);
      const lines = shown.split('\n');
      const frames = lines.filter((line) => /^\s*\d* \|/.test(line));
      for (const line of frames) expect(displayWidth(line)).toBeLessThanOrEqual(Math.max(width, 26));
      expect(frames.some((line) => line.includes('^'))).toBe(true);
    }),
    { seed: 20_011, numRuns: 2_000 },
  );
});

test('the underline covers exactly the words, whatever stands before them', () => {
  const before = fc.string({ unit: 'binary', maxLength: 200 }).filter((text) => !/[\n\r#]/.test(text));
  fc.assert(
    fc.property(before, before, fc.integer({ min: 40, max: 120 }), (left, right, width) => {
      const line = `${left}MARK${right}`;
      const tree = new Map([[reviewsPath, line]]);
      const start = line.indexOf('MARK', left.length);
      const diagnostic = aDiagnostic({ at: { file: reviewsPath, start, end: start + 4 } });
      const lines = renderDiagnosticsText([diagnostic], tree, { color: false, width }).split('\n');
      const source = lines[3] ?? '';
      const marks = lines[4] ?? '';
      expect(underlined(source, marks)).toBe('MARK');
    }),
    { seed: 20_012, numRuns: 2_000 },
  );
});

/** What stands in the columns above the carets. */
function underlined(source: string, marks: string): string {
  let column = 0;
  let found = '';
  for (const character of source) {
    if (column >= marks.indexOf('^') && column <= marks.lastIndexOf('^') && displayWidth(character) > 0) found += character;
    column += displayWidth(character);
  }
  return found;
}

test('does not carry a password of an address into a log, and marks the same columns', () => {
  const [line, marks] = frameOf('url: "https://jason:hunter2@prometheus.example" # odd\n', 'prometheus.example').slice(1, 3);
  expect(line).toBe('1 | url: "https://jason:*******@prometheus.example" # odd');
  expect(marks).toBe(`  | ${' '.repeat(28)}${'^'.repeat(18)}`);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bindQuery } from '../../../src/rollout/gates/bind-query.ts';
import { promTokens } from '../../../src/rollout/gates/promql-tokens.ts';

const runs = Number(process.env.FUZZ_RUNS ?? 500);
const seed = Number(process.env.FUZZ_SEED ?? 20_261_124);

const values = { version: { text: 'v2' }, odd: { text: 'a"b\\c.d\n`x`-{}' }, percent: { number: 5 }, over: { seconds: 600 } };

function bound(query: string): string {
  const result = bindQuery(query, values);
  return 'query' in result ? result.query : JSON.stringify(result.fault);
}

describe('a variable is bound where its value can stand', () => {
  it.each([
    ['sum(rate(x{version="{{version}}"}[{{over}}]))', 'sum(rate(x{version="v2"}[10m]))'],
    ["sum(x{version='{{ version }}', a!=`{{version}}`})", "sum(x{version='v2', a!=`v2`})"],
    ['sum(x{version=~"{{odd}}.*"})', 'sum(x{version=~"a\\"b\\\\\\\\c\\\\.d\\u000a`x`\\\\-\\\\{\\\\}.*"})'],
    ['sum(x{version="{{odd}}"})', 'sum(x{version="a\\"b\\\\c.d\\u000a`x`-{}"})'],
    ['sum(x) / {{percent}} * 100', 'sum(x) / 5 * 100'],
    ['clamp_max(sum(x), {{percent}})', 'clamp_max(sum(x), 5)'],
    ['sum(increase(x[{{over}}:1m] offset {{over}})) / {{over}}', 'sum(increase(x[10m:1m] offset 10m)) / 600'],
    ['sum(x) > bool {{percent}}', 'sum(x) > bool 5'],
    ['sum(x) # {{nothing}} here\n / {{percent}}', 'sum(x) # {{nothing}} here\n / 5'],
  ])('%s', (query, expected) => {
    expect(bound(query)).toBe(expected);
  });

  it.each([
    ['sum(x{version="{{versoin}}"})', { kind: 'unknown-variable', variable: 'versoin' }],
    ['sum(x) / {{nothing}}', { kind: 'unknown-variable', variable: 'nothing' }],
    ['sum(x) / {{__proto__}}', { kind: 'unknown-variable', variable: '__proto__' }],
    ['sum({{version}})', { kind: 'place', variable: 'version', expected: 'in the quoted value of a label' }],
    ['sum(x{{{version}}="a"})', { kind: 'place', variable: 'version', expected: 'in the quoted value of a label' }],
    [
      'label_replace(x, "a", "{{version}}", "b", "(.*)")',
      { kind: 'place', variable: 'version', expected: 'in the quoted value of a label' },
    ],
    ['sum(x{"{{version}}"="a"})', { kind: 'place', variable: 'version', expected: 'in the quoted value of a label' }],
    ['sum(x{a="\\{{version}}"})', { kind: 'place', variable: 'version', expected: 'in the quoted value of a label' }],
    ['sum(x{a=`{{odd}}`})', { kind: 'place', variable: 'odd', expected: 'in the quoted value of a label' }],
    ['sum(x[{{percent}}])', { kind: 'place', variable: 'percent', expected: 'where a number stands' }],
    ['sum(x){{percent}}', { kind: 'place', variable: 'percent', expected: 'where a number stands' }],
    ['sum(x) / {{percent}}m', { kind: 'place', variable: 'percent', expected: 'where a number stands' }],
    ['sum(x) / 1{{percent}}', { kind: 'place', variable: 'percent', expected: 'where a number stands' }],
    ['x_{{percent}}', { kind: 'place', variable: 'percent', expected: 'where a number stands' }],
    ['sum(x @ {{percent}})', { kind: 'place', variable: 'percent', expected: 'where a number stands' }],
    ['sum(x{a={{percent}}})', { kind: 'place', variable: 'percent', expected: 'where a number stands' }],
    ['sum(x', { kind: 'unreadable', at: 3 }],
    ['sum(x{a="b)', { kind: 'unreadable', at: 8 }],
    ['sum(x]', { kind: 'unreadable', at: 5 }],
    ['sum(x);drop', { kind: 'unreadable', at: 6 }],
  ])('refuses %s', (query, fault) => {
    expect(JSON.parse(bound(query))).toEqual(fault);
  });
});

describe('a bound value', () => {
  const templates = ['sum(x{a="{{v}}"})', 'sum(x{a=\'{{v}}\',b="c"})', 'sum(x{a=~"p{{v}}.+"}) / 2', 'sum(x{a=`{{v}}`} offset 5m)'];
  const reference = new Map(templates.map((template) => [template, kinds(bindText(template, 'plain') ?? '')]));

  it('changes no other token, whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...templates),
        fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('"', "'", '`', '\\', '{', '}', '#', '\n', '.', '-') })),
        (template, value) => {
          const query = bindText(template, value);
          if (query !== undefined) expect(kinds(query)).toEqual(reference.get(template));
        },
      ),
      { numRuns: runs, seed },
    );
  });

  function bindText(template: string, text: string): string | undefined {
    const result = bindQuery(template, { v: { text } });
    return 'query' in result ? result.query : undefined;
  }

  function kinds(query: string): readonly string[] {
    const tokens = promTokens(query);
    return 'stoppedAt' in tokens ? [`stopped at ${tokens.stoppedAt}`] : tokens.map(({ kind, text }) => (kind === 'string' ? kind : text));
  }
});

it('any text at all is bound or refused, never a crash', () => {
  const piece = fc.constantFrom(
    '{{v}}',
    '{{n}}',
    '{{d}}',
    '"',
    "'",
    '`',
    '{',
    '}',
    '[',
    ']',
    '(',
    ')',
    ',',
    ':',
    '=',
    '=~',
    ' ',
    '#',
    '\n',
    '\\',
    '5m',
    '1',
    'x',
    'by',
    'offset',
    '-',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const result = bindQuery(pieces.join(''), { v: { text: 'v2' }, n: { number: 5 }, d: { seconds: 60 } });
      expect('query' in result || 'fault' in result).toBe(true);
    }),
    { numRuns: runs, seed },
  );
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GateDefinition, GateEvidence, GateSubject } from '../../../src/model/rollout.ts';
import { evidenceHolds, evidenceSchema, parseEvidence, printEvidence } from '../../../src/rollout/gates/evidence-text.ts';
import { judgeGate, purposesOf, recomputeVerdict } from '../../../src/rollout/gates/judge-gate.ts';
import { answers, noon, reviews, successRate, without } from './gate-examples.ts';

const runs = Number(process.env.FUZZ_RUNS ?? 500);
const seed = Number(process.env.FUZZ_SEED ?? 20_261_124);

const number = fc.double({ noNaN: true, noDefaultInfinity: true });
const answer = fc.oneof(
  number,
  fc.constantFrom('NaN' as const, '+Inf' as const, 'empty' as const, 'several-series' as const, 'timeout' as const),
);
const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

function present<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;
}

const definition: fc.Arbitrary<GateDefinition> = fc
  .record({
    name: text,
    provider: text,
    measure: fc.oneof(
      fc.constantFrom({ kind: 'success-rate' } as const, { kind: 'observed-share' } as const, { kind: 'latency', quantile: 0.99 } as const),
      fc.record({ kind: fc.constant('query' as const), query: text }),
    ),
    min: optional(number),
    max: optional(number),
    compare: fc.constantFrom('absolute' as const, 'stable' as const),
    tolerance: number,
    over: fc.nat(),
    minSamples: fc.nat(),
    maxAge: optional(fc.nat()),
    labels: optional(fc.dictionary(fc.constantFrom('cluster', 'region', 'a'), text)),
    warmUp: fc.nat(),
  })
  .map((one) => present(one) as GateDefinition);

const version = fc.record({ version: text, label: optional(text), revision: optional(text) }).map(present);

const subject = fc
  .record({
    environment: text,
    service: text,
    host: text,
    namespace: text,
    stable: version,
    canary: version,
    percent: number,
    previousPercent: optional(number),
    mirror: optional(number),
    hasFixedTraffic: fc.boolean(),
    protocol: optional(fc.constantFrom('http' as const, 'tcp' as const)),
    liveSince: optional(fc.nat()),
  })
  .map((one) => present(one) as GateSubject);

const evidence: fc.Arbitrary<GateEvidence> = fc
  .record({
    definition,
    subject,
    given: fc.array(answer, { minLength: 5, maxLength: 5 }),
    at: fc.nat(),
    skew: optional(fc.integer({ min: -99, max: 99 })),
    query: text,
  })
  .map(({ definition: one, subject: about, given, at, skew, query }) => {
    const measurements = purposesOf(one).map((purpose, index) => ({
      purpose,
      query,
      answer: given[index] ?? 'empty',
      ...(skew === undefined ? {} : { serverTime: at + skew }),
    }));
    return judgeGate(one, about, measurements, at);
  });

describe('evidence as text', () => {
  it('is read back as it was, on one line, and leads to the same verdict', () => {
    fc.assert(
      fc.property(evidence, (one) => {
        const line = printEvidence(one);
        expect(line).not.toMatch(/[\n\r]/);
        expect(parseEvidence(line)).toEqual({ evidence: withoutMinusZero(one) });
        expect(evidenceHolds(one)).toBe(true);
        expect(recomputeVerdict(one)).toEqual({ outcome: one.outcome, reason: one.reason, detail: one.detail });
      }),
      { numRuns: runs, seed },
    );
  });

  it('has the same bytes whatever the order of keys', () => {
    const one = judgeGate(successRate, reviews, answers(successRate, {}), noon);
    const turned = { ...one, definition: Object.fromEntries(Object.entries(one.definition).reverse()) as unknown as GateDefinition };
    expect(printEvidence(turned)).toBe(printEvidence(one));
  });

  it('looks like this', () => {
    const { subject: _, ...rest } = JSON.parse(printEvidence(judgeGate(successRate, reviews, answers(successRate, {}), noon)));
    expect(rest).toEqual({
      schema: 1,
      gate: 'success-rate',
      outcome: 'pass',
      reason: 'within-bounds',
      at: noon,
      queries: [
        ['value', 'value', 99.5],
        ['samples', 'samples', 10_000],
        ['freshness', 'freshness', 4],
      ],
      definition: successRate,
    });
  });
});

describe('evidence that was changed', () => {
  const passed = judgeGate(successRate, reviews, answers(successRate, {}), noon);
  const line = printEvidence(passed);

  it.each([
    ['the value', '["value","value",99.5]', '["value","value",98.5]'],
    ['the samples', '["samples","samples",10000]', '["samples","samples",100]'],
    ['the age', '["freshness","freshness",4]', '["freshness","freshness",400]'],
    ['the bound', '"min":99', '"min":99.9'],
    ['the samples asked for', '"minSamples":500', '"minSamples":50000'],
    ['the verdict', '"outcome":"pass"', '"outcome":"fail"'],
    ['the reason', '"reason":"within-bounds"', '"reason":"stale"'],
    ['the gate', '"gate":"success-rate"', '"gate":"latency-p99"'],
  ])('is noticed: %s', (_, before, after) => {
    expect(line).toContain(before);
    const read = parseEvidence(line.replace(before, after));
    expect('evidence' in read && evidenceHolds(read.evidence)).toBe(false);
    expect('evidence' in read).toBe(true);
  });

  it('is noticed for any number, when the verdict no longer follows', () => {
    fc.assert(
      fc.property(evidence, fc.nat(), answer, (one, index, other) => {
        const queries = one.queries.map((query, i) => (i === index % one.queries.length ? { ...query, answer: other } : query));
        const changed = { ...one, queries };
        const again = recomputeVerdict(changed);
        expect(evidenceHolds(changed)).toBe(again.outcome === one.outcome && again.reason === one.reason);
      }),
      { numRuns: runs, seed },
    );
  });
});

describe('text that is no evidence', () => {
  const line = printEvidence(judgeGate(successRate, reviews, answers(successRate, {}), noon));

  it('of a newer release is told apart', () => {
    expect(parseEvidence(line.replace('"schema":1', '"schema":2'))).toEqual({ newer: evidenceSchema + 1 });
  });

  it.each([
    ['', 'it is not a JSON object'],
    ['[]', 'it is not a JSON object'],
    ['{"schema":1', 'it is not a JSON object'],
    ['{}', 'it has no schema number'],
    ['{"schema":0}', 'it has no schema number'],
    ['{"schema":1}', 'a part of it is missing or of the wrong type'],
  ])('%s', (given, unreadable) => {
    expect(parseEvidence(given)).toEqual({ unreadable });
  });

  it('is refused when any part is missing, or another type', () => {
    const whole = JSON.parse(line);
    const parts = ['gate', 'outcome', 'reason', 'at', 'queries', 'definition', 'subject'];
    for (const part of parts) {
      for (const value of [undefined, null, {}, [null], 'x', true]) {
        expect('unreadable' in parseEvidence(JSON.stringify({ ...whole, [part]: value })) || (part === 'gate' && value === 'x')).toBe(true);
      }
    }
    for (const part of Object.keys(whole.definition)) {
      expect(parseEvidence(JSON.stringify({ ...whole, definition: { ...whole.definition, [part]: null } }))).toHaveProperty('unreadable');
    }
    for (const part of Object.keys(whole.subject)) {
      expect(parseEvidence(JSON.stringify({ ...whole, subject: { ...whole.subject, [part]: null } }))).toHaveProperty('unreadable');
    }
    expect(parseEvidence(JSON.stringify({ ...whole, queries: [['value', 'x', 'fine']] }))).toHaveProperty('unreadable');
    expect(parseEvidence(JSON.stringify({ ...whole, definition: { ...without(successRate), labels: { a: 1 } } }))).toHaveProperty(
      'unreadable',
    );
  });
});

/** JSON has one zero. */
function withoutMinusZero(one: GateEvidence): GateEvidence {
  return JSON.parse(JSON.stringify(one));
}

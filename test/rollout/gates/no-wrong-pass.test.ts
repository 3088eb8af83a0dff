import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readInstant } from '../../../src/metrics/prometheus-answer.ts';
import type { MetricPurpose } from '../../../src/model/measurement.ts';
import type { GateDefinition } from '../../../src/model/rollout.ts';
import { judgeGate, purposesOf } from '../../../src/rollout/gates/judge-gate.ts';
import { noon, reviews, successRate, without } from './gate-examples.ts';

/** `FUZZ_RUNS=100000` is what a release asks for. */
const runs = Number(process.env.FUZZ_RUNS ?? 3000);
const seed = Number(process.env.FUZZ_SEED ?? 20_261_124);

/** A reply as a server might give it, and the one number that it holds, if it does. */
interface Reply {
  readonly status: number;
  readonly body: string;
  readonly number?: number;
}

const figures = fc.oneof(
  fc.constantFrom(0, 1, 98.99, 99, 99.00000001, 100, 120, 499, 500, 501, 1e9, -1),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }),
);

const good = figures.chain(
  (number): fc.Arbitrary<Reply> =>
    fc.constantFrom<Reply>(
      { status: 200, body: vector([[noon, String(number)]]), number },
      { status: 200, body: success({ resultType: 'scalar', result: [noon, String(number)] }), number },
      {
        status: 200,
        body: JSON.stringify({ status: 'success', warnings: [], infos: ['a hint'], data: data([[noon, String(number)]]) }),
        number,
      },
    ),
);

const bad = figures.chain((number): fc.Arbitrary<Reply> => {
  const text = String(number);
  return fc.constantFrom<Reply>(
    { status: 200, body: vector([]) },
    {
      status: 200,
      body: vector([
        [noon, text],
        [noon, text],
      ]),
    },
    { status: 200, body: vector([[noon, 'NaN']]) },
    { status: 200, body: vector([[noon, '+Inf']]) },
    { status: 200, body: vector([[noon, '-Inf']]) },
    { status: 200, body: vector([[noon, '1e999']]) },
    { status: 200, body: vector([[noon, `${text}%`]]) },
    { status: 200, body: vector([[noon, '']]) },
    { status: 200, body: vector([[noon, '0x64']]) },
    { status: 200, body: vector([[noon - 3600, text]]) },
    { status: 200, body: vector([[noon, number]]) },
    { status: 200, body: vector([[text]]) },
    { status: 200, body: success({ resultType: 'matrix', result: [{ metric: {}, values: [[noon, text]] }] }) },
    { status: 200, body: success({ resultType: 'string', result: [noon, text] }) },
    { status: 200, body: success({ resultType: 'vector', result: [{ metric: {}, histogram: [noon, {}] }] }) },
    { status: 200, body: success({ resultType: 'vector', result: { metric: {}, value: [noon, text] } }) },
    { status: 200, body: success(null) },
    { status: 200, body: JSON.stringify({ status: 'success', warnings: ['partial response'], data: data([[noon, text]]) }) },
    { status: 200, body: JSON.stringify({ status: 'success', warnings: 'partial', data: data([[noon, text]]) }) },
    { status: 200, body: JSON.stringify({ status: 'error', errorType: 'timeout', error: 'x', data: data([[noon, text]]) }) },
    { status: 200, body: vector([[noon, text]]).slice(0, -1) },
    { status: 200, body: '<html>99.9</html>' },
    { status: 200, body: text },
    { status: 200, body: '' },
    { status: 200, body: '[]' },
    { status: 503, body: vector([[noon, text]]) },
    { status: 400, body: JSON.stringify({ status: 'error', errorType: 'bad_data', error: 'parse error' }) },
    { status: 422, body: JSON.stringify({ status: 'error', errorType: 'execution', error: 'too many samples' }) },
    { status: 404, body: 'not found' },
    { status: 206, body: '' },
  );
});

function success(payload: unknown): string {
  return JSON.stringify({ status: 'success', data: payload });
}

function data(pairs: readonly unknown[]): unknown {
  return { resultType: 'vector', result: pairs.map((value, index) => ({ metric: { pod: `p${index}` }, value })) };
}

function vector(pairs: readonly unknown[]): string {
  return success(data(pairs));
}

const definitions = fc.record({
  compare: fc.constantFrom<GateDefinition['compare']>('absolute', 'stable'),
  min: fc.option(fc.constantFrom(99, -1, 0), { nil: undefined }),
  max: fc.option(fc.constantFrom(100, 1, 400), { nil: undefined }),
  tolerance: fc.constantFrom(0, 0.5),
  minSamples: fc.constantFrom(0, 1, 500),
});

it('passes for one fresh number of enough requests within its bounds, and for nothing else', () => {
  const replies = fc.array(fc.oneof({ arbitrary: good, weight: 12 }, { arbitrary: bad, weight: 1 }), { minLength: 5, maxLength: 5 });
  fc.assert(
    fc.property(definitions, replies, fc.integer({ min: -90, max: 90 }), ({ min, max, ...words }, given, skew) => {
      const definition: GateDefinition = {
        ...without(successRate),
        ...words,
        ...(min === undefined ? {} : { min }),
        ...(max === undefined ? {} : { max }),
      };
      const purposes = purposesOf(definition);
      const measurements = purposes.map((purpose, index) => {
        const { status, body } = given[index] ?? { status: 0, body: '' };
        return { purpose, query: purpose, ...readInstant(status, body, noon), serverTime: noon + skew };
      });
      const told = (purpose: MetricPurpose) => given[purposes.indexOf(purpose)]?.number;
      const { outcome } = judgeGate(definition, reviews, measurements, noon);
      if (outcome === 'pass') expect(mayPass(definition, told, skew)).toBe(true);
      if (mustPass(definition, told, skew)) expect(outcome).toBe('pass');
    }),
    { numRuns: runs, seed },
  );
});

type Told = (purpose: MetricPurpose) => number | undefined;

/** With a little room, for what floating point is off by. */
function mayPass(definition: GateDefinition, told: Told, skew: number): boolean {
  return holds(definition, told, skew, 1e-6);
}

function mustPass(definition: GateDefinition, told: Told, skew: number): boolean {
  const counts: readonly MetricPurpose[] = definition.compare === 'stable' ? ['samples', 'baseline-samples'] : ['samples'];
  return holds(definition, told, skew, 0) && counts.every((purpose) => (told(purpose) ?? -1) >= definition.minSamples);
}

function holds({ min, max, tolerance, minSamples, compare }: GateDefinition, told: Told, skew: number, room: number): boolean {
  const [value, samples, age] = [told('value'), told('samples'), told('freshness')];
  if (value === undefined || age === undefined || age < 0 || age > 120 || Math.abs(skew) > 60) return false;
  if (min === undefined && max === undefined) return false;
  if (min !== undefined && max !== undefined && min > max) return false;
  // Without a minimum an empty count is as good as none.
  if (minSamples > 0 && (samples === undefined || samples < minSamples - room)) return false;
  if (samples !== undefined && samples < -room) return false;
  if (compare === 'stable' && (told('baseline') === undefined || (minSamples > 0 && (told('baseline-samples') ?? -1) < minSamples - room)))
    return false;
  const measured = compare === 'stable' ? value - (told('baseline') ?? 0) : value;
  return (min === undefined || measured >= min - tolerance - room) && (max === undefined || measured <= max + tolerance + room);
}

import { describe, expect, it } from 'vitest';
import type { MetricAbsence, MetricPurpose } from '../../../src/model/measurement.ts';
import type { GateDefinition, GateSubject } from '../../../src/model/rollout.ts';
import { judgeGate } from '../../../src/rollout/gates/judge-gate.ts';
import { answers, noon, reviews, share, successRate, without } from './gate-examples.ts';

function verdict(definition: GateDefinition, given: Parameters<typeof answers>[1], subject: GateSubject = reviews): string {
  const { outcome, reason } = judgeGate(definition, subject, answers(definition, given), noon);
  return `${outcome}: ${reason}`;
}

const againstStable: GateDefinition = { ...successRate, min: -0.5, compare: 'stable' };
const latency: GateDefinition = { ...without(successRate), name: 'latency-p99', measure: { kind: 'latency', quantile: 0.99 }, max: 400 };
const volume: GateDefinition = { ...successRate, name: 'request-volume', measure: { kind: 'request-volume' }, min: 5 };

describe('a value within its bounds', () => {
  it.each([
    ['at the minimum', successRate, { value: 99 }],
    ['above it', successRate, { value: 100 }],
    ['at the maximum', latency, { value: 400 }],
    ['as far below stable as may be', againstStable, { value: 98.5, baseline: 99 }],
    ['of just enough samples', successRate, { samples: 500 }],
    ['as old as two scrapes', successRate, { freshness: 120 }],
  ] as const)('passes %s', (_, definition, given) => {
    expect(verdict(definition, given)).toBe('pass: within-bounds');
  });

  it('passes up to the tolerance, and fails beyond', () => {
    expect(verdict({ ...successRate, tolerance: 0.5 }, { value: 98.5 })).toBe('pass: within-bounds');
    expect(verdict({ ...successRate, tolerance: 0.5 }, { value: 98.4 })).toBe('fail: below-minimum');
  });

  it('tells the numbers to a person', () => {
    expect(judgeGate(successRate, reviews, answers(successRate, { value: 98.76543 }), noon).detail).toBe('98.77 %; at least 99 % is asked');
    expect(judgeGate(againstStable, reviews, answers(againstStable, { value: 97.25, baseline: 99.5 }), noon).detail).toBe(
      '2.25 points below stable (canary 97.25 %, stable 99.5 %); at least -0.5 points is asked',
    );
  });
});

describe('a value out of its bounds fails', () => {
  it.each([
    ['below', successRate, { value: 98.9 }, 'below-minimum'],
    ['above', latency, { value: 400.1 }, 'above-maximum'],
    ['worse than stable', againstStable, { value: 98, baseline: 99 }, 'below-minimum'],
  ] as const)('%s', (_, definition, given, reason) => {
    expect(verdict(definition, given)).toBe(`fail: ${reason}`);
  });
});

describe('measurements that say nothing', () => {
  it('M01 zero traffic, NaN: holds', () => {
    expect(verdict(successRate, { value: 'NaN' })).toBe('inconclusive: not-a-number');
    expect(verdict(successRate, { value: 'NaN', samples: 0 })).toBe('inconclusive: too-few-samples');
  });

  it('M02 an empty value holds, whatever else is known', () => {
    expect(verdict(successRate, { value: 'empty' })).toBe('inconclusive: no-data');
    expect(verdict({ ...successRate, minSamples: 0 }, { value: 'empty', samples: 'empty' })).toBe('inconclusive: no-data');
  });

  it('M03 a metric that is not there holds', () => {
    expect(verdict(successRate, { value: 'empty', samples: 'empty', freshness: 'empty' })).toBe('inconclusive: no-data');
  });

  it('M04 infinity fails against its bound with enough samples, and holds otherwise', () => {
    expect(verdict(latency, { value: '+Inf' })).toBe('fail: above-maximum');
    expect(verdict(latency, { value: '+Inf', samples: 3 })).toBe('inconclusive: too-few-samples');
    expect(verdict(successRate, { value: '-Inf' })).toBe('fail: below-minimum');
    expect(verdict(successRate, { value: '+Inf' })).toBe('inconclusive: infinite');
    expect(verdict(latency, { value: '-Inf' })).toBe('inconclusive: infinite');
    expect(verdict(againstStable, { value: 99, baseline: '+Inf' })).toBe('inconclusive: no-baseline');
  });

  it('M06 what floating point is off by decides nothing', () => {
    const errors: GateDefinition = { ...without(successRate), name: 'errors', measure: { kind: 'query', query: 'x' }, max: 0.01 };
    expect(verdict(errors, { value: 0.009999999999999998 })).toBe('pass: within-bounds');
    expect(verdict(errors, { value: 0.010000000000000002 })).toBe('pass: within-bounds');
    expect(verdict(errors, { value: 0.010001 })).toBe('fail: above-maximum');
    expect(verdict(successRate, { value: 98.99999999999999 })).toBe('pass: within-bounds');
  });

  it('M07 a series that is no longer scraped holds', () => {
    expect(verdict(successRate, { freshness: 121 })).toBe('inconclusive: stale');
    expect(verdict(successRate, { freshness: 'empty' })).toBe('inconclusive: no-data');
    expect(verdict({ ...successRate, maxAge: 30 }, { freshness: 31 })).toBe('inconclusive: stale');
    expect(verdict(successRate, { freshness: -1 })).toBe('inconclusive: clock-skew');
  });

  it('M08 too few samples hold, however bad or good the value', () => {
    expect(verdict(successRate, { value: 0, samples: 499 })).toBe('inconclusive: too-few-samples');
    expect(verdict(successRate, { value: 100, samples: 499 })).toBe('inconclusive: too-few-samples');
    expect(verdict(againstStable, { 'baseline-samples': 3 })).toBe('inconclusive: too-few-baseline-samples');
  });

  it.each(['several-series', 'wrong-type', 'warnings'] as const)('M09 %s holds, of any of the queries', (answer) => {
    for (const purpose of ['value', 'samples', 'freshness', 'baseline', 'baseline-samples'] as const) {
      expect(verdict(againstStable, { [purpose]: answer })).toBe(`inconclusive: ${answer}`);
    }
  });

  it.each(['unreachable', 'timeout', 'unavailable', 'query-refused', 'unauthorized', 'not-a-metrics-server', 'too-large'] as const)(
    'M10 M11 %s is an error, of any of the queries',
    (answer) => {
      for (const purpose of ['value', 'samples', 'freshness', 'baseline', 'baseline-samples'] as const) {
        expect(verdict(againstStable, { [purpose]: answer })).toBe(`error: ${answer}`);
      }
    },
  );

  it('M12 clocks that are more than a minute apart hold', () => {
    const at = (serverTime: number) =>
      judgeGate(
        successRate,
        reviews,
        answers(successRate, {}).map((one, index) => (index === 1 ? { ...one, serverTime } : one)),
        noon,
      );
    expect(at(noon + 60).outcome).toBe('pass');
    expect(at(noon + 3600).reason).toBe('clock-skew');
    expect(at(noon - 61).reason).toBe('clock-skew');
    expect(at(0).reason).toBe('clock-skew');
    expect(judgeGate(successRate, reviews, answers(successRate, {}), Number.NaN).reason).toBe('clock-skew');
  });

  it('M12 a step that is live from tomorrow on holds', () => {
    expect(verdict(successRate, {}, { ...reviews, liveSince: noon + 1 })).toBe('inconclusive: clock-skew');
    expect(verdict(successRate, {}, { ...reviews, liveSince: noon })).toBe('pass: within-bounds');
  });

  it('holds while the step warms up', () => {
    const slow = { ...successRate, warmUp: 300 };
    expect(verdict(slow, {}, { ...reviews, liveSince: noon - 299 })).toBe('inconclusive: warm-up');
    expect(verdict(slow, {}, { ...reviews, liveSince: noon - 300 })).toBe('pass: within-bounds');
  });

  it('M13 a canary without requests of its own never passes', () => {
    expect(verdict({ ...successRate, minSamples: 1 }, { value: 'empty', samples: 'empty' })).toBe('inconclusive: no-data');
    expect(verdict({ ...successRate, minSamples: 1 }, { value: 100, samples: 0 })).toBe('inconclusive: too-few-samples');
  });

  it('holds where little traffic is what it asks about', () => {
    expect(verdict(volume, { value: 4 })).toBe('inconclusive: low-traffic');
    expect(verdict({ ...volume, max: 10 }, { value: 11 })).toBe('fail: above-maximum');
  });

  it('is an error without a bound, with bounds that nothing meets, or with a measurement too few or too many', () => {
    expect(verdict(without(successRate), {})).toBe('error: incomplete');
    expect(verdict({ ...successRate, min: 5, max: 4 }, {})).toBe('error: incomplete');
    expect(verdict({ ...successRate, min: Number.NaN }, {})).toBe('error: incomplete');
    const all = answers(successRate, {});
    for (const some of [all.slice(1), all.slice(0, 2), [...all, ...all.slice(0, 1)], []]) {
      expect(judgeGate(successRate, reviews, some, noon).reason).toBe('incomplete');
    }
  });

  it('takes a number that is none for what it is', () => {
    const odd = (answer: number) => judgeGate(successRate, reviews, answers(successRate, { value: answer }), noon);
    expect(odd(Number.NaN).reason).toBe('not-a-number');
    expect(odd(Number.POSITIVE_INFINITY).reason).toBe('infinite');
    expect(odd(Number.NEGATIVE_INFINITY).outcome).toBe('fail');
  });
});

describe('the observed share', () => {
  it('passes within what chance explains, both ways', () => {
    expect(verdict(share, { value: 5, samples: 10_000 })).toBe('pass: within-bounds');
    // 3 × 0.218 + 1 around 5.
    expect(verdict(share, { value: 3.36, samples: 10_000 })).toBe('pass: within-bounds');
    expect(verdict(share, { value: 3.3, samples: 10_000 })).toBe('inconclusive: share-below');
    expect(verdict(share, { value: 6.64, samples: 10_000 })).toBe('pass: within-bounds');
    expect(verdict(share, { value: 6.7, samples: 10_000 })).toBe('fail: share-above');
  });

  it('is not live without a request of the canary', () => {
    expect(verdict(share, { value: 0, samples: 10_000 })).toBe('inconclusive: share-below');
    expect(verdict(share, { value: 2.5, samples: 10_000 })).toBe('inconclusive: share-below');
  });

  it('of few requests cannot be told from nothing: 171 for 5 %', () => {
    expect(verdict(share, { value: 5, samples: 170 })).toBe('inconclusive: too-few-samples');
    expect(verdict(share, { value: 5, samples: 172 })).toBe('pass: within-bounds');
    expect(verdict(share, { value: 0, samples: 170 })).toBe('inconclusive: too-few-samples');
    expect(verdict(share, { value: 50, samples: 170 })).toBe('fail: share-above');
  });

  it('can be of one percent', () => {
    const one = { ...reviews, percent: 1 };
    expect(verdict(share, { value: 0.9, samples: 10_000 }, one)).toBe('pass: within-bounds');
    expect(verdict(share, { value: 0.5, samples: 10_000 }, one)).toBe('inconclusive: share-below');
    expect(verdict(share, { value: 3, samples: 10_000 }, one)).toBe('fail: share-above');
  });

  it('is of the step that it is nearer to', () => {
    const to10 = { ...reviews, percent: 10, previousPercent: 5 };
    expect(verdict(share, { value: 7.5, samples: 400 }, to10)).toBe('inconclusive: share-below');
    expect(verdict(share, { value: 7.6, samples: 400 }, to10)).toBe('pass: within-bounds');
    expect(verdict(share, { value: 7.6, samples: 300 }, to10)).toBe('inconclusive: too-few-samples');
    const back = { ...reviews, percent: 5, previousPercent: 50 };
    expect(verdict(share, { value: 48, samples: 10_000 }, back)).toBe('inconclusive: share-above');
    expect(verdict(share, { value: 20, samples: 10_000 }, back)).toBe('fail: share-above');
    expect(verdict(share, { value: 5, samples: 10_000 }, { ...reviews, previousPercent: 5 })).toBe('pass: within-bounds');
  });

  it('has no upper bound where pins or fixed routes add to it', () => {
    expect(verdict(share, { value: 60, samples: 10_000 }, { ...reviews, hasFixedTraffic: true })).toBe('pass: within-bounds');
    expect(verdict(share, { value: 1, samples: 10_000 }, { ...reviews, hasFixedTraffic: true })).toBe('inconclusive: share-below');
  });

  it('at the ends leaves a point for requests on their way', () => {
    expect(verdict(share, { value: 99, samples: 10_000 }, { ...reviews, percent: 100 })).toBe('pass: within-bounds');
    expect(verdict(share, { value: 98.9, samples: 10_000 }, { ...reviews, percent: 100 })).toBe('inconclusive: share-below');
    expect(verdict(share, { value: 1, samples: 10_000 }, { ...reviews, percent: 0 })).toBe('pass: within-bounds');
  });

  it.each(['NaN', '+Inf', '-Inf', 'empty'] as const)('holds for %s', (value) => {
    expect(verdict(share, { value })).toMatch(/^inconclusive/);
    expect(verdict({ ...share, minSamples: 0 }, { samples: value })).toMatch(/^inconclusive/);
  });
});

describe('every word for an answer that is no number', () => {
  const absences: readonly MetricAbsence[] = [
    'NaN',
    '+Inf',
    '-Inf',
    'empty',
    'several-series',
    'wrong-type',
    'warnings',
    'unreachable',
    'timeout',
    'unavailable',
    'query-refused',
    'unauthorized',
    'not-a-metrics-server',
    'too-large',
  ];
  const purposes: readonly MetricPurpose[] = ['value', 'samples', 'freshness', 'baseline', 'baseline-samples'];

  it('never passes, at any place', () => {
    for (const definition of [successRate, againstStable, latency, volume, share]) {
      for (const purpose of purposes.filter((one) => answers(definition, {}).some((each) => each.purpose === one))) {
        for (const absence of absences) expect(verdict(definition, { [purpose]: absence })).not.toMatch(/^pass/);
      }
    }
  });
});

import type { Measurement, MetricAnswer, MetricPurpose } from '../../../src/model/measurement.ts';
import type { GateDefinition, GateSubject } from '../../../src/model/rollout.ts';
import { purposesOf } from '../../../src/rollout/gates/judge-gate.ts';

export const noon = 1_796_000_400;

/** 99 % over ten minutes, of 500 requests or more. */
export const successRate: GateDefinition = {
  name: 'success-rate',
  provider: 'default',
  measure: { kind: 'success-rate' },
  min: 99,
  compare: 'absolute',
  tolerance: 0,
  over: 600,
  minSamples: 500,
  warmUp: 0,
};

export const share: GateDefinition = { ...without(successRate), name: 'share', measure: { kind: 'observed-share' }, minSamples: 100 };

export const reviews: GateSubject = {
  environment: 'prod',
  service: 'reviews',
  host: 'reviews.bookinfo.svc.cluster.local',
  namespace: 'bookinfo',
  stable: { version: 'v1', label: 'v1' },
  canary: { version: 'v2', label: 'v2' },
  percent: 5,
  hasFixedTraffic: false,
};

/** Answers for all that the gate needs: fresh, of enough requests, unless it says otherwise. */
export function answers(definition: GateDefinition, given: Partial<Record<MetricPurpose, MetricAnswer>>): readonly Measurement[] {
  const usual: Record<MetricPurpose, MetricAnswer> = {
    value: 99.5,
    samples: 10_000,
    freshness: 4,
    baseline: 99.5,
    'baseline-samples': 10_000,
  };
  return purposesOf(definition).map((purpose) => ({ purpose, query: purpose, answer: given[purpose] ?? usual[purpose] }));
}

/** A definition without `min` and `max`. */
export function without({ min: _min, max: _max, ...rest }: GateDefinition): GateDefinition {
  return rest;
}

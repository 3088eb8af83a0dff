import { describe, expect, it } from 'vitest';
import type { GateDefinition, RolloutStep } from '../../../src/model/rollout.ts';
import { lintGate, lintGateAtStep, lintServer } from '../../../src/rollout/gates/lint-gate.ts';
import { share, successRate, without } from './gate-examples.ts';

const nowhere = () => undefined;
const named = (definition: GateDefinition) => lintGate(definition, nowhere).map(({ name }) => name);
const query = (text: string) => named({ ...successRate, measure: { kind: 'query', query: text } });
const step = (words: Partial<RolloutStep>): RolloutStep => ({ percent: 5, soak: 1800, gates: [], approve: false, ...words });
const atStep = (definition: GateDefinition, words: Partial<RolloutStep>) =>
  lintGateAtStep(definition, step(words), nowhere).map(({ name }) => name);

describe('a gate', () => {
  it('needs a bound that a value can meet', () => {
    expect(named(successRate)).toEqual([]);
    expect(named(without(successRate))).toEqual(['gate-has-bound']);
    expect(named({ ...successRate, min: 5, max: 4 })).toEqual(['gate-has-bound']);
    expect(named({ ...share })).toEqual([]);
  });

  it('M08 needs a window of several scrapes', () => {
    expect(named({ ...successRate, over: 59 })).toEqual(['gate-window-over-scrapes']);
    expect(named({ ...successRate, over: 60 })).toEqual([]);
    expect(named({ ...successRate, over: 119, maxAge: 60 })).toEqual(['gate-window-over-scrapes']);
  });
});

describe('a query of one’s own', () => {
  it.each([
    'sum(rate(x{v="{{version}}"}[5m]))',
    'sum(rate(x{v="{{version}}"}[5m])) / sum(rate(y[5m])) * 100',
    '(sum(x{v="{{version}}"}) or vector(0)) / count(y)',
    'avg without () (sum(x{v="{{version}}"}))'.replace(' without ()', ''),
    'scalar(x{v="{{version}}"})',
    'histogram_quantile(0.99, sum by (le) (rate(x{v="{{version}}"}[5m])))',
    'round(max(x{v="{{version}}"}), 0.1)',
    'sum(sum by (pod) (x{v="{{version}}"}))',
    'sum(x{v="{{version}}"}) > bool 5',
    'absent(x{v="{{version}}"})',
  ])('M09 one series: %s', (text) => {
    expect(query(text)).toEqual([]);
  });

  it.each([
    'x{v="{{version}}"}',
    'rate(x{v="{{version}}"}[5m])',
    'sum by (pod) (x{v="{{version}}"})',
    'sum(x{v="{{version}}"}) by (pod)',
    'sum without (pod) (x{v="{{version}}"})',
    'sum(x{v="{{version}}"}) / y',
    'topk(3, x{v="{{version}}"})',
    'histogram_quantile(0.99, sum by (le, pod) (rate(x{v="{{version}}"}[5m])))',
    'histogram_quantile(0.99, rate(x{v="{{version}}"}[5m]))',
    '(x{v="{{version}}"})',
    'abs(x{v="{{version}}"})',
    'predict_linear(x{v="{{version}}"}[5m], 60)',
    'label_replace(x{v="{{version}}"}, "a", "b", "c", "d")',
  ])('M09 several series: %s', (text) => {
    expect(query(text)).toEqual(['gate-query-aggregates']);
  });

  it('M13 has to look at the version', () => {
    expect(query('sum(x)')).toEqual(['gate-query-pins-version']);
    expect(query('sum(x{v="{{stable}}"})')).toEqual(['gate-query-pins-version']);
  });

  it('M05 has no threshold in it', () => {
    expect(query('sum(x{v="{{version}}"}) > 5')).toEqual(['gate-threshold-outside-query']);
    expect(query('sum(x{v="{{version}}",a!="b",c=~"d"} <= 5)')).toEqual(['gate-threshold-outside-query']);
  });

  it.each([
    ['sum(sum_over_time(up{v="{{version}}"}[100y:1ms]))', 'looks back more than a month'],
    ['sum(max_over_time(up{v="{{version}}"}[1h:100ms]))', 'asks for 36000 steps'],
    ['sum(rate(x{v="{{version}}"}[32d]))', 'looks back more than a month'],
  ])('M11 is bounded: %s', (text, reason) => {
    const [finding] = lintGate({ ...successRate, measure: { kind: 'query', query: text } }, nowhere);
    expect(finding?.name).toBe('gate-query-bounded');
    expect(finding?.message).toContain(reason);
  });

  it('M11 may look back an hour by the second', () => {
    expect(query('sum(max_over_time(rate(x{v="{{version}}"}[1m])[1h:1s]))')).toEqual([]);
  });
});

describe('a gate at a step', () => {
  it('looks at the step, not at the one before', () => {
    expect(atStep(successRate, { soak: 600 })).toEqual([]);
    expect(atStep(successRate, { soak: 599 })).toEqual(['gate-window-within-step']);
    expect(atStep({ ...successRate, warmUp: 600 }, { soak: 0 })).toEqual([]);
    expect(atStep(share, { soak: 0 })).toEqual([]);
  });

  it('compares with stable where stable gets anything', () => {
    const compared: GateDefinition = { ...successRate, compare: 'stable' };
    expect(atStep(compared, { percent: 99 })).toEqual([]);
    expect(atStep(compared, { percent: 100 })).toEqual(['comparison-has-stable']);
    expect(atStep(successRate, { percent: 100 })).toEqual([]);
  });
});

describe('a metrics server', () => {
  const server = (url: string, tokenEnv?: string) =>
    lintServer({ name: 'default', url, ...(tokenEnv === undefined ? {} : { tokenEnv }) }, nowhere).map(({ message }) => message);

  it.each([
    'https://prometheus.example',
    'https://prometheus.example/select/0/prometheus/',
    'http://127.0.0.1:9090',
    'http://localhost:9090',
    'http://[::1]:9090',
  ])('is asked at %s', (url) => {
    expect(server(url, 'PROM_TOKEN')).toEqual([]);
  });

  it.each([
    ['http://prometheus.example', 'is plain http'],
    ['http://169.254.169.254/', 'is plain http'],
    ['http://127.0.0.1.example', 'is plain http'],
    ['https://me:secret@prometheus.example', 'has a user name or password in it'],
    ['https://prometheus.example/?a=b', 'has a query or a fragment'],
    ['https://prometheus.example/#a', 'has a query or a fragment'],
    ['ftp://prometheus.example', 'is neither https nor http'],
    ['prometheus.example', 'is not a URL'],
  ])('is not asked at %s', (url, fault) => {
    expect(server(url)).toEqual([`the url of the Prometheus \`default\` ${fault}`]);
  });

  it.each(['GITHUB_TOKEN', 'CI_JOB_TOKEN', 'AWS_SECRET_ACCESS_KEY', 'prom_token', 'PROM-TOKEN', ''])('is not given %s', (variable) => {
    expect(server('https://prometheus.example', variable)).toHaveLength(1);
  });
});

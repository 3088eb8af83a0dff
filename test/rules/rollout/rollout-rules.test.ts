import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { forbiddenHabits, requiredWords } from '../../../src/model/rollout.ts';
import { rendered } from '../../support/rendered.ts';

const service = 'service: reviews\nport: 9080\nversions: [v1, v2, v3]\nstable: v1\n';
const metrics = 'prometheus: {default: {url: "https://p.example"}}\n';
const gates = `${metrics}gates: {success-rate: {min: 99}, share: {observedShare: true}}\n`;

const query = 'max(orders_age_seconds{version="{{version}}"})';

const findings = (words: string, environment = '') => rendered(service + words, { environment }).findings;
const environmentFindings = (environment: string) => findings('', environment).map((found) => found.replace(' mesh/environment.yaml', ''));

describe('steps of a plan', () => {
  it.each([
    ['grow', '[5, 25, 100]', []],
    ['may begin with a mirror and a pin', '[{mirror: 10}, {mirror: 50}, {percent: 0, soak: 1h}, 1, 100]', []],
    ['are one for blue and green', '[100]', []],
    ['do not stand still', '[5, 5, 100]', ['MS7202 line 5']],
    ['do not fall', '[50, 25, 100]', ['MS7202 line 5']],
    ['do not mirror after the first share', '[5, {mirror: 10}, 100]', ['MS7202 line 5']],
    ['of nothing differ', '[{percent: 0}, {mirror: 0}, 100]', ['MS7203 line 5']],
    ['end with everything', '[5, 50]', ['MS7204 line 5']],
  ])('%s', (_, steps, expected) => {
    expect(findings(`rollout: {steps: ${steps}}\n`)).toEqual(expected);
  });

  it('may be left to the services by an environment, and to the environment by services', () => {
    expect(findings('', 'rollout: {soak: 30m}')).toEqual([]);
    expect(findings('rollout: {soak: 30m}\n', 'rollout: {steps: [100]}')).toEqual([]);
    expect(findings('rollout: {soak: 30m}\n')).toEqual(['MS7201 line 5']);
  });

  it('that many services have from one place are told once, there', () => {
    const two = `${service}---\n${service.replace('reviews', 'ratings')}`;
    const at = (environment: string) => rendered(two, { environment }).findings;
    expect(at('rollout: {steps: [5, 50]}')).toEqual(['MS7204 mesh/environment.yaml line 4']);
    expect(at('defaults: {service: {rollout: {steps: [5, 50]}}}')).toEqual(['MS7204 mesh/environment.yaml line 4']);
  });

  it('that end early may be meant, and be waived', () => {
    const waived = 'allow: [{rule: last-step-is-everything, reason: both stay}]\n';
    expect(findings(`rollout: {steps: [5, 50]}\n${waived}`)).toEqual([]);
  });

  it('are no larger than the guardrail lets them be, the first included', () => {
    expect(findings('rollout: {steps: [50, 100]}\n', 'guardrails: {maxShift: 50}')).toEqual([]);
    expect(findings('rollout: {steps: [60, 100]}\n', 'guardrails: {maxShift: 50}')).toEqual(['MS7210 line 5']);
    expect(findings('', 'guardrails: {maxShift: 50}\nrollout: {steps: [5, 100]}')).toEqual(['MS7210 mesh/environment.yaml line 5']);
  });
});

describe('the way back', () => {
  it.each([
    ['[50, 0]', []],
    ['[0]', []],
    ['[50]', ['MS7205 line 5']],
    ['[10, 50, 0]', ['MS7205 line 5']],
    ['[50, 50, 0]', ['MS7205 line 5']],
  ])('%s', (back, expected) => {
    expect(findings(`rollout: {steps: [100], back: ${back}}\n`)).toEqual(expected);
  });
});

describe('gates', () => {
  it.each([
    ['of the plan', '{steps: [100], gates: [success-rate, latency]}'],
    ['of a step', '{steps: [{percent: 100, gates: [latency]}]}'],
    ['that show readiness', '{steps: [100], ready: latency}'],
    ['that show that a step is live', '{steps: [100], live: {gate: latency}}'],
  ])('%s are known', (_, plan) => {
    expect(findings(`rollout: ${plan}\n`, gates)).toEqual(['MS7206 line 5']);
    expect(findings(`rollout: ${plan.replace('latency', 'share')}\n`, gates)).toEqual([]);
  });

  it.each([
    ['share', []],
    ['success-rate', ['MS7219 line 5']],
    ['other', ['MS7206 line 5']],
  ])('that show that a step is live measure its share: %s', (gate, expected) => {
    expect(findings(`rollout: {steps: [100], live: {gate: ${gate}}}\n`, gates)).toEqual(expected);
  });

  it.each([
    ['errors: {max: 1}', ['MS7207 line 5']],
    ['errors: {measure: success-rate, min: 99}', []],
    [`errors: {measure: success-rate, query: '${query}', min: 99}`, ['MS7207 line 5']],
    ['latency-p00: {max: 1s}', ['MS7207 line 5']],
    ['success-rate: {min: 99, prometheus: other}', ['MS7208 line 5']],
    ['latency-p99: {max: 400}', ['MS7209 line 5']],
    ['latency-p99: {max: 400ms, tolerance: 1}', ['MS7209 line 5']],
    ['success-rate: {min: 99s}', ['MS7209 line 5']],
    ['success-rate: {min: 990}', ['MS7209 line 5']],
    ['success-rate: {min: -1, compare: stable}', []],
    ['request-volume: {min: 990}', []],
    [`orders: {query: '${query}', max: 30s}`, []],
  ])('%s', (gate, expected) => {
    expect(environmentFindings(`${metrics}gates: {${gate}}`)).toEqual(expected);
  });
});

describe('freezes', () => {
  it.each([
    ['cron: "0 18 * * FRI", for: 62h, timezone: Europe/Berlin', []],
    ['cron: "0 0 24 12 *", for: 48h', []],
    ['cron: "0 18 * * FRX", for: 62h', ['MS7211 line 4']],
    ['cron: "0 0 30 2 *", for: 62h', ['MS7220 line 4']],
    ['cron: "0 0 31 FEB,APR *", for: 62h', ['MS7220 line 4']],
    ['cron: "0 0 29 2 *", for: 62h', []],
    ['cron: "0 18 * * FRI", for: 62h, timezone: Europe/Berln', ['MS7211 line 4']],
    ['cron: "0 18 * * FRI", for: 0s', ['MS7211 line 4']],
  ])('%s', (window, expected) => {
    expect(environmentFindings(`guardrails: {freeze: [{${window}}]}`)).toEqual(expected);
  });
});

describe('forbidden', () => {
  const gateway = '---\ngateway: gw\nservers: [{http: 80, hosts: [a.example.com]}]\n';
  it.each([
    ['fault', 'routes: [{match: {uri: {prefix: /a}}, fault: {abort: {httpStatus: 500, percentage: {value: 1}}}}]\n'],
    ['fault', 'pins: [{match: {uri: {prefix: /a}}, version: v2, fault: {abort: {httpStatus: 500, percentage: {value: 1}}}}]\n'],
    ['mirror', 'canary: {version: v3, mirror: 10}\n'],
    ['mirror', 'mirror: v2\n'],
    ['pins', 'pins: [{match: {uri: {prefix: /a}}, version: v2}]\n'],
    ['patches', 'patches: [{target: VirtualService, ops: [{op: add, path: /metadata/annotations, value: {a: b}}]}]\n'],
    ['wildcard-host', `---\n${gateway.slice(4).replace('a.example.com', '"*"')}`],
    ['wildcard-host', `expose: [{gateway: gw, hosts: ["*.example.com"]}]\n${gateway.replace('a.example.com', '"*"')}`],
    ['wildcard-export', 'exportTo: ["*"]\n'],
    ['allow-from', 'allowFrom: [cluster.local/ns/a/sa/b]\n'],
  ])('%s: %j', (habit, words) => {
    expect(findings(words, `guardrails: {forbid: [${habit}]}`)).toContainEqual(expect.stringMatching(/^MS7217 line [5-7]$/));
    expect(findings(words, 'guardrails: {forbid: []}').filter((found) => found.startsWith('MS7217'))).toEqual([]);
  });

  it('may be switched off where it is inherited', () => {
    const environment = 'guardrails: {forbid: [fault]}\ndefaults: {service: {fault: {abort: {httpStatus: 500, percentage: {value: 1}}}}}';
    expect(findings('', environment)).toEqual(['MS7217 mesh/environment.yaml line 5']);
    expect(findings('fault: null\n', environment)).toEqual([]);
  });
});

describe('required', () => {
  it.each([
    ['timeout', 'timeout: 2s\n'],
    ['retries', 'retries: {attempts: 2}\n'],
    ['outlierDetection', 'outlierDetection: {consecutive5xxErrors: 5}\n'],
    ['connectionPool', 'connectionPool: {tcp: {maxConnections: 1}}\n'],
    ['dependsOn', 'dependsOn: []\n'],
    ['rollout', 'rollout: {steps: [100]}\n'],
    ['tls', 'tls: {mode: ISTIO_MUTUAL}\n'],
  ])('%s', (word, words) => {
    const environment = `guardrails: {require: [${word}]}`;
    expect(findings('', environment)).toEqual(['MS7218 line 1']);
    expect(findings(words, environment)).toEqual([]);
  });

  it('may come from defaults, and is not asked of what can not have it', () => {
    expect(findings('', 'guardrails: {require: [timeout]}\ndefaults: {service: {timeout: 2s}}')).toEqual([]);
    const mongo = 'service: mongo\nports: {mongo: 27017}\n';
    expect(rendered(mongo, { environment: 'guardrails: {require: [timeout]}' }).findings).toEqual([]);
  });

  it('is known by name, like what is forbidden', () => {
    const schema = JSON.parse(readFileSync('src/load/schemas/environment.json', 'utf8'));
    const { forbid, require } = schema.properties.guardrails.properties;
    expect([forbid.items.enum, require.items.enum]).toEqual([[...forbiddenHabits], [...requiredWords]]);
    const [finding] = rendered(service, { environment: 'guardrails: {forbid: [faults]}' }).diagnostics;
    expect(finding?.hints).toEqual(['did you mean `fault`?']);
  });
});

describe('previous', () => {
  it.each([
    ['v2', []],
    ['v1', ['MS7212 line 5']],
    ['v9', ['MS7212 line 5']],
  ])('%s', (previous, expected) => {
    expect(findings(`previous: ${previous}\n`)).toEqual(expected);
  });
});

describe('trains', () => {
  const ratings = '---\nservice: ratings\nport: 9080\nversions: [v1, v2]\nstable: v1\n';
  const train = (words: string) => `dependsOn: [ratings]\n${ratings}---\ntrain: stars\n${words}rollout: {steps: [100]}\n`;
  it.each([
    ['services: {reviews: v3, ratings: v2}\n', []],
    ['services: {reviews: v3, ratings: v2}\norder: [ratings, reviews]\n', []],
    ['services: {reviews: v3, ratings: v2}\norder: [reviews, ratings]\n', ['MS7215 line 14']],
    ['services: {reviews: v3, ratings: v2}\norder: [reviews]\n', ['MS7214 line 14']],
    ['services: {reviews: v3}\norder: [reviews, ratings]\n', ['MS7214 line 14', 'MS7215 line 14']],
    ['services: {reviews: v3, details: v2}\n', ['MS7213 line 13']],
  ])('%j', (words, expected) => {
    expect(findings(train(words))).toEqual(expected);
  });

  it('have a plan, of their own or of the environment', () => {
    const stars = `${service}---\ntrain: stars\nservices: {reviews: v3}\n`;
    expect(rendered(stars).findings).toEqual(['MS7201 line 6']);
    expect(rendered(stars, { environment: 'rollout: {steps: [100]}' }).findings).toEqual([]);
    expect(rendered(stars, { environment: 'rollout: {steps: [50]}' }).findings).toEqual(['MS7204 mesh/environment.yaml line 4']);
  });

  it('are intents like others', () => {
    const { compilation } = rendered(service + train('services: {reviews: v3, ratings: v2}\n'));
    expect(compilation.loaded?.intents.map(({ kind }) => kind)).toEqual(['service', 'service', 'train']);
  });
});

import { describe, expect, it } from 'vitest';
import type { LoadedEnvironment } from '../../src/model/environment.ts';
import { gatesOf, prometheusServersOf } from '../../src/model/gates.ts';
import { guardrailsOf } from '../../src/model/guardrails.ts';
import { rolloutPlanOf } from '../../src/model/rollout-plan.ts';
import { trainsOf } from '../../src/model/trains.ts';
import { rendered } from '../support/rendered.ts';

const service = 'service: reviews\nport: 9080\nversions: [v1, v3]\nstable: v1\n';

function loadedOf(environment: string, intents = service): LoadedEnvironment {
  const { compilation } = rendered(intents, { environment });
  if (compilation.loaded === undefined) throw new Error(JSON.stringify(compilation.diagnostics));
  return compilation.loaded;
}

function planOf(environment: string, words = '') {
  const loaded = loadedOf(environment, service + words);
  const [intent] = loaded.intents;
  return intent === undefined ? undefined : rolloutPlanOf(loaded, intent);
}

describe('the plan of a service', () => {
  it('has every default', () => {
    expect(planOf('', 'rollout: {steps: [5, 100]}\n')).toEqual({
      steps: [
        { percent: 5, soak: 0, gates: [], approve: false },
        { percent: 100, soak: 0, gates: [], approve: false },
      ],
      onFailure: 'rollback',
      newVersion: 'queue',
      readiness: { kind: 'evidence' },
      live: { kind: 'merge' },
    });
  });

  it('is none where nobody says steps', () => {
    expect(planOf('')).toBeUndefined();
    expect(planOf('', 'rollout: {soak: 30m}\n')).toBeUndefined();
  });

  it('says what a step says over what the plan says', () => {
    const plan = planOf(
      'gates: {a: {query: up, min: 1}, b: {query: up, min: 1}}\n',
      'rollout:\n  steps: [{mirror: 10, gates: []}, {percent: 25, soak: 1h30m}, {percent: 100, gates: [b], approve: true}]\n  soak: 30m\n  gates: [a]\n',
    );
    expect(plan?.steps).toEqual([
      { percent: 0, mirror: 10, soak: 1800, gates: [], approve: false },
      { percent: 25, soak: 5400, gates: ['a'], approve: false },
      { percent: 100, soak: 1800, gates: ['b'], approve: true },
    ]);
  });

  it("lies over the environment's, word by word, and its steps replace those", () => {
    const environment = 'rollout: {steps: [5, 25, 100], soak: 30m, retire: 24h, onFailure: hold, back: [50, 0]}\n';
    const plan = planOf(environment, 'rollout: {steps: [100], retire: null, newVersion: replace}\n');
    expect(plan).toMatchObject({
      steps: [{ percent: 100, soak: 1800 }],
      retireAfter: 86_400,
      onFailure: 'hold',
      newVersion: 'replace',
      back: [50, 0],
    });
    expect(planOf(`defaults: {service: {rollout: {hold: fair}}}\n${environment}`)?.hold).toEqual({ reason: 'fair' });
    expect(planOf(environment, 'rollout: {hold: true}\n')?.hold).toEqual({});
  });

  it('tells readiness, live check and cookie', () => {
    const ready = 'gates: {ready: {query: up, min: 1}}\nrollout: {steps: [100]}\n';
    expect(planOf(ready)?.readiness).toEqual({ kind: 'evidence', gate: 'ready' });
    expect(planOf(ready, 'rollout: {assumeReady: true}\n')?.readiness).toEqual({ kind: 'assumed' });
    expect(planOf(ready, 'rollout: {live: {gate: ready}}\n')?.live).toEqual({ kind: 'gate', gate: 'ready' });
    expect(planOf(ready, 'rollout: {live: {status: argocd/prod}}\n')?.live).toEqual({ kind: 'status', context: 'argocd/prod' });
    expect(planOf(ready, 'rollout: {sticky: {}}\n')?.sticky).toEqual({ cookie: 'reviews-version', mesh: false });
    expect(planOf(ready, 'rollout: {sticky: {cookie: rv, maxAge: 24h, mesh: true}}\n')?.sticky).toEqual({
      cookie: 'rv',
      maxAge: 86_400,
      mesh: true,
    });
    expect(planOf(ready, 'rollout: {live: {status: flux}}\n')?.live).toEqual({ kind: 'status', context: 'flux' });
  });
});

describe('gates', () => {
  const gates = (text: string) => gatesOf(loadedOf(`gates:\n${text}`).environment);

  it('have every default, and measure what their name says', () => {
    expect(gates('  success-rate: {min: 99}\n')).toEqual([
      {
        name: 'success-rate',
        provider: 'default',
        measure: { kind: 'success-rate' },
        min: 99,
        compare: 'absolute',
        tolerance: 0,
        over: 600,
        minSamples: 100,
        warmUp: 600,
      },
    ]);
    expect(gates('  latency-p999: {max: 1s500ms, compare: stable, tolerance: 20ms, warmUp: 1m}\n')).toMatchObject([
      { measure: { kind: 'latency', quantile: 0.999 }, max: 1500, compare: 'stable', tolerance: 20, over: 600, warmUp: 60 },
    ]);
  });

  it('may be called as they like where they say what they measure', () => {
    expect(
      gates(
        '  a: {observedShare: true}\n  b: {measure: request-volume, min: 2}\n  c: {query: "up", min: 1, max: 30s}\n  d: {measure: observed-share, over: 5m}\n',
      ).map(({ name, measure, max }) => [name, measure, max]),
    ).toEqual([
      ['a', { kind: 'observed-share' }, undefined],
      ['b', { kind: 'request-volume' }, undefined],
      ['c', { kind: 'query', query: 'up' }, 30],
      ['d', { kind: 'observed-share' }, undefined],
    ]);
  });

  it('may say how fresh, of what and by which labels', () => {
    const [built, own] = gates(
      '  success-rate: {min: 99, maxAge: 30s, labels: {cluster: eu}}\n  a: {query: "up", samples: "sum(up)", min: 1}\n',
    );
    expect([built?.maxAge, built?.labels]).toEqual([30, { cluster: 'eu' }]);
    expect(own?.measure).toEqual({ kind: 'query', query: 'up', samples: 'sum(up)' });
    const { environment } = loadedOf('prometheus: {default: {url: "https://p.example", labels: {cluster: eu}}}\n');
    expect(prometheusServersOf(environment)).toEqual([{ name: 'default', url: 'https://p.example', labels: { cluster: 'eu' } }]);
  });

  it('have the labels of their server, under their own', () => {
    const servers = 'prometheus: {default: {url: "https://p.example", labels: {cluster: eu, tenant: a}}, b: {url: "https://b.example"}}\n';
    const { environment } = loadedOf(
      `${servers}gates:\n  success-rate: {min: 99, labels: {cluster: us}}\n  share: {observedShare: true, prometheus: b}\n`,
    );
    expect(gatesOf(environment).map(({ labels }) => labels)).toEqual([{ cluster: 'us', tenant: 'a' }, undefined]);
  });

  it('ask servers', () => {
    const { environment } = loadedOf('prometheus: {default: {url: "https://p.example", tokenEnv: TOKEN}, b: {url: "http://b.example"}}\n');
    expect(prometheusServersOf(environment)).toEqual([
      { name: 'default', url: 'https://p.example', tokenEnv: 'TOKEN' },
      { name: 'b', url: 'http://b.example' },
    ]);
  });
});

describe('guardrails', () => {
  it('have every default', () => {
    expect(guardrailsOf(loadedOf('').environment)).toEqual({ freeze: [], forbid: [], require: [] });
  });

  it('are what the environment says', () => {
    const text =
      'guardrails:\n  maxShift: 50\n  maxActiveRollouts: 3\n  freeze: [{cron: "0 18 * * FRI", for: 62h, timezone: Europe/Berlin, reason: weekend}, {cron: "0 0 24 12 *", for: 48h}]\n  forbid: [fault, wildcard-host]\n  require: [timeout]\n';
    expect(guardrailsOf(loadedOf(text, `${service}timeout: 5s\n`).environment)).toEqual({
      maxShift: 50,
      maxActiveRollouts: 3,
      freeze: [
        { cron: '0 18 * * FRI', for: 223_200, timezone: 'Europe/Berlin', reason: 'weekend' },
        { cron: '0 0 24 12 *', for: 172_800, timezone: 'UTC' },
      ],
      forbid: ['fault', 'wildcard-host'],
      require: ['timeout'],
    });
  });
});

describe('a train', () => {
  const intents = (train: string) =>
    [
      'service: cart\nport: 80\nversions: [v6, v7]\nstable: v6\ndependsOn: [gateway]\n',
      'service: gateway\nport: 80\ndependsOn: [payment]\n',
      'service: payment\nport: 80\nversions: [v2, v3]\nstable: v2\n',
      train,
    ].join('---\n');

  it('moves providers before consumers, however far apart they are', () => {
    const loaded = loadedOf('', intents('train: checkout\nservices: {cart: v7, payment: v3}\nrollout: {steps: [10, 100]}\n'));
    expect(trainsOf(loaded)).toMatchObject([
      { name: 'checkout', services: { cart: 'v7', payment: 'v3' }, order: ['payment', 'cart'], plan: { steps: [{ percent: 10 }, {}] } },
    ]);
  });

  it('moves as its order says, by the plan of its environment', () => {
    const train = 'train: checkout\nservices: {cart: v7, payment: v3}\norder: [cart, payment]\n';
    const [one] = trainsOf(loadedOf('rollout: {steps: [100]}\n', intents(train)));
    expect([one?.order, one?.plan?.steps.length]).toEqual([['cart', 'payment'], 1]);
  });
});

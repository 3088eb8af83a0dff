import { describe, expect, it } from 'vitest';
import { reviews } from '../support/builders.ts';
import { ledTo, rendered } from '../support/rendered.ts';

const three = 'service: reviews\nversions: [v1, v2, v3]\n';
const last = (intents: string, istio = '1.31') => ledTo(rendered(intents, { istio }).http('VirtualService reviews').at(-1));

describe('shares: where everyone goes whom nothing else names', () => {
  it.each([
    ['stable alone', 'stable: v1', 'reviews/v1'],
    ['a canary', 'stable: v1\ncanary: {version: v3, percent: 10}', 'reviews/v1=90 reviews/v3=10'],
    ['a canary of nothing yet', 'stable: v1\ncanary: {version: v3, percent: 0}', 'reviews/v1'],
    ['a canary without percent', 'stable: v1\ncanary: {version: v3}', 'reviews/v1'],
    ['a canary of everything', 'stable: v1\ncanary: {version: v3, percent: 100}', 'reviews/v3'],
    ['a split', 'split: {v1: 40, v2: 30, v3: 30}', 'reviews/v1=40 reviews/v2=30 reviews/v3=30'],
    ['a split with zeros', 'split: {v1: 0, v2: 100, v3: 0}', 'reviews/v2'],
    ['half a percent', 'stable: v1\ncanary: {version: v3, percent: 0.5}', 'reviews/v1=995 reviews/v3=5'],
    ['a percentage whose rest is no exact binary', 'stable: v1\ncanary: {version: v3, percent: 99.9}', 'reviews/v1=1 reviews/v3=999'],
    ['a split of decimals', 'split: {v1: 33.3, v2: 33.3, v3: 33.4}', 'reviews/v1=333 reviews/v2=333 reviews/v3=334'],
    ['the finest share', 'stable: v1\ncanary: {version: v3, percent: 0.000001}', 'reviews/v1=99999999 reviews/v3=1'],
  ])('%s', (_, words, expected) => {
    expect(last(`${three}${words}\n`)).toBe(expected);
  });

  it.each([
    ['a sum below 100', 'split: {v1: 40, v2: 30}', 'MS2020 line 3'],
    ['nothing but zeros', 'split: {v1: 0, v2: 0}', 'MS2020 line 3'],
    ['an empty split', 'split: {}', 'MS2020 line 3'],
    ['a split beside stable', 'split: {v1: 100}\nstable: v1', 'MS2021 line 4'],
    ['a canary without stable', 'canary: {version: v3, percent: 10}', 'MS2022 line 3'],
    ['a canary without version', 'stable: v1\ncanary: {percent: 10}', 'MS2022 line 4'],
    ['a canary that is stable', 'stable: v1\ncanary: {version: v1, percent: 10}', 'MS2023 line 4'],
    ['an unknown version', 'stable: v9', 'MS2001 line 3'],
    ['an unknown version of a split', 'split: {v1: 50, v9: 50}', 'MS2001 line 3'],
    ['more decimals than 32 bits hold', 'stable: v1\ncanary: {version: v3, percent: 33.3333333}', 'MS2029 line 4'],
  ])('refused: %s', (_, words, finding) => {
    expect(rendered(`${three}${words}\n`).findings).toEqual([finding]);
  });

  it('decimals need Istio 1.15, and the finding names the number that is written', () => {
    const intents = `${three}stable: v1\ncanary: {version: v3, percent: 0.5}\n`;
    expect(last(intents, '1.15')).toBe('reviews/v1=995 reviews/v3=5');
    const [finding] = rendered(intents, { istio: '1.14' }).diagnostics;
    expect(finding?.message).toBe("0.5 % can't be said in Istio 1.14");
  });

  it('versions may look like numbers', () => {
    const intents = 'service: reviews\nversions: ["10", "9"]\nstable: "10"\ncanary: {version: "9", percent: 5}\n';
    expect(last(intents)).toBe('reviews/10=95 reviews/9=5');
  });
});

describe('canary.mirror: a copy of the stable traffic', () => {
  const mirrored = (percent: number) => rendered(`${reviews}canary: {version: v3, mirror: ${percent}}\n`).http('VirtualService reviews')[0];

  it('is written on the routes that inherit', () => {
    const route = mirrored(20);
    expect([route?.mirror, route?.mirrorPercentage]).toEqual([{ host: 'reviews', subset: 'v3' }, { value: 20 }]);
  });

  it('of nothing is not written', () => {
    expect(mirrored(0)).not.toHaveProperty('mirror');
  });

  it('names the port on a gateway and where a service has several', () => {
    const words = 'ports: {http: 80, grpc: 81}\nversions: [v1, v2]\nstable: v1\ncanary: {version: v2, mirror: 5}\n';
    const routes = rendered(`service: reviews\n${words}`).http('VirtualService reviews');
    expect(routes.map(({ mirror }) => mirror)).toEqual([
      { host: 'reviews', subset: 'v2', port: { number: 80 } },
      { host: 'reviews', subset: 'v2', port: { number: 81 } },
    ]);
  });
});

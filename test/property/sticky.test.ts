import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crowdOf, type Site, seededNumbers, siteOf, visit } from '../support/sticky-users.ts';

/** `FUZZ_RUNS=1000 FUZZ_SEED=7` looks further, and elsewhere, than a test run has time for. */
const numRuns = Number(process.env.FUZZ_RUNS ?? 5);
const seed = Number(process.env.FUZZ_SEED ?? 20_261_124);
const users = 100_000;

interface Shop {
  /** Its own VirtualService, or a delegate of a host that several services share. */
  readonly exposure: 'own' | 'shared';
  readonly routes: boolean;
}

const exposures = {
  own: 'gateway: gw\nservers: [{http: 80, hosts: ["*"]}]\n',
  shared: 'gateway: gw\nservers: [{http: 80, hosts: ["*"]}]\nhosts: {shop.example.com: [{service: reviews}]}\n',
};

function shopSite({ exposure, routes }: Shop, words: string): Site {
  const service = [
    'service: reviews\nport: 9080\nversions: [v1, v2, v3]\n',
    words,
    'pins: [{user: jason, version: v2}]\n',
    routes ? 'routes: [{match: {uri: {prefix: /api}}, timeout: 2s}, {match: {uri: {exact: /health}}, to: v1}]\n' : '',
    exposure === 'own' ? 'expose: [{gateway: gw, hosts: [shop.example.com]}]\n' : 'expose: gw\n',
  ].join('');
  return siteOf(
    new Map([
      ['environments/mesh/environment.yaml', 'environment: mesh\nistio: "1.29"\nnamespace: bookinfo\nuser: {header: end-user}\n'],
      ['environments/mesh/gateway.yaml', exposures[exposure]],
      ['environments/mesh/reviews.yaml', service],
    ]),
  );
}

const stepAt = (shop: Shop, percent: number, seen: readonly number[], id = 'r1') =>
  shopSite(shop, `stable: v1\ncanary: {version: v3, percent: ${percent}, sticky: {id: ${id}, seen: [${seen.join(', ')}], maxAge: 24h}}\n`);

const percents = fc.integer({ min: 1, max: 199 }).map((halves) => halves / 2);
const growing = fc
  .uniqueArray(percents, { minLength: 2, maxLength: 5 })
  .map((steps) => steps.sort((a, b) => a - b))
  .chain((steps) => fc.constantFrom(steps, [...steps, 100]));
const shops: fc.Arbitrary<Shop> = fc.record({ exposure: fc.constantFrom('own' as const, 'shared' as const), routes: fc.boolean() });
const seeds = fc.integer({ min: 1, max: 2 ** 31 });

const shareOf = (versions: readonly (string | undefined)[], came: readonly number[]) =>
  (100 * came.filter((user) => versions[user] === 'v3').length) / came.length;

describe('users of a sticky canary', () => {
  it('keep the canary while it grows, in shares as planned, whoever stays away meanwhile, by every route', { timeout: 600_000 }, () => {
    fc.assert(
      fc.property(shops, growing, seeds, fc.constantFrom(1, 0.7), (shop, steps, start, presence) => {
        const random = seededNumbers(start);
        const crowd = crowdOf(users);
        for (const [i, percent] of steps.entries()) {
          const before = [...crowd.versions];
          const site = stepAt(shop, percent, steps.slice(0, i));
          const came = visit(crowd, site, random, () => presence === 1 || random() < presence, ['/', '/api/1']);
          expect(came.filter((user) => before[user] === 'v3' && crowd.versions[user] !== 'v3')).toEqual([]);
          expect(Math.abs(shareOf(crowd.versions, came) - percent)).toBeLessThan(1);
        }
      }),
      { numRuns, seed },
    );
  });

  it('go back where it is lowered, in shares as planned, and none is added', { timeout: 600_000 }, () => {
    fc.assert(
      fc.property(shops, fc.uniqueArray(percents, { minLength: 3, maxLength: 5 }), seeds, (shop, steps, start) => {
        const random = seededNumbers(start);
        const crowd = crowdOf(users);
        let last = 0;
        for (const [i, percent] of steps.entries()) {
          const before = [...crowd.versions];
          const came = visit(crowd, stepAt(shop, percent, steps.slice(0, i)), random);
          const [kept, lost] = percent > last ? ['v3', 'v1'] : ['v1', 'v3'];
          expect(came.filter((user) => before[user] === kept && crowd.versions[user] === lost)).toEqual([]);
          expect(Math.abs(shareOf(crowd.versions, came) - percent)).toBeLessThan(1);
          last = percent;
        }
      }),
      { numRuns, seed },
    );
  });

  it('are drawn anew by another rollout, whatever they carry', { timeout: 600_000 }, () => {
    const shop: Shop = { exposure: 'own', routes: false };
    const random = seededNumbers(seed);
    const crowd = crowdOf(users);
    visit(crowd, stepAt(shop, 40, []), random);
    const cookies = [...crowd.cookies];
    const came = visit(crowd, stepAt(shop, 20, [40], 'r2'), random);
    for (const version of ['v1', 'v3']) {
      const holders = came.filter((user) => cookies[user] === `r1.${version}.40`);
      expect(Math.abs(shareOf(crowd.versions, holders) - 20)).toBeLessThan(1.5);
    }
  });

  it('that are pinned stay so, and get no cookie', () => {
    for (const exposure of ['own', 'shared'] as const) {
      const site = stepAt({ exposure, routes: true }, 10, [5]);
      for (const path of ['/', '/api/1'])
        for (const cookie of ['', 'r1.v3.10', 'r1.v1.5', 'r1.v1.10'])
          expect(site.drawing(cookie, { user: 'jason', path })).toEqual([{ version: 'v2', share: 1, cookie: undefined }]);
    }
  });

  it('are forgotten in the end: at 0, at 100 percent and afterwards nothing of it is left', () => {
    for (const exposure of ['own', 'shared'] as const) {
      const shop = { exposure, routes: true };
      for (const [site, version] of [
        [stepAt(shop, 0, [5, 25]), 'v1'],
        [stepAt(shop, 100, [5, 25]), 'v3'],
        [shopSite(shop, 'stable: v3\nprevious: v1\n'), 'v3'],
      ] as const) {
        expect(site.text).not.toMatch(/cookie/i);
        for (const cookie of ['', 'r1.v3.5', 'r1.v1.25']) expect(site.drawing(cookie)).toEqual([{ version, share: 1, cookie: undefined }]);
      }
    }
  });
});

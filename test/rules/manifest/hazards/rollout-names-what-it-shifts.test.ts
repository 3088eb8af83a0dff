import { describe, expect, it } from 'vitest';
import { rendered } from '../../../support/rendered.ts';
import { productpage, reviews } from './shifted-fixtures.ts';

const rollout = (istio: string, words = 'namespace: bookinfo') =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {name: reviews, ${words}}\nspec: {strategy: {canary: {trafficRouting: {istio: {${istio.includes('destinationRule') ? '' : 'destinationRule: {name: reviews, stableSubsetName: stable, canarySubsetName: canary}, '}${istio}}}}}}\n`;

/** What is said of a Rollout that the registry shows, beside the intents. */
function said(istio: string, intents: readonly string[], words?: string): readonly string[] {
  const files = { 'mesh/cluster/rollout.yaml': rollout(istio, words) };
  const environment = 'user: {header: end-user}\nregistry: [cluster/]';
  const { diagnostics } = rendered(intents.join('---\n'), { environment, files });
  return diagnostics.filter(({ code }) => code === 'MS5919' || code === 'MS5920').map(({ message }) => message);
}

const both = [reviews(), productpage()];
const fault = (what: string) => [`Rollout bookinfo/reviews does not move the weights of reviews as it should: it ${what}`];

describe('rollout-names-what-it-shifts', () => {
  it.each([
    ['the only VirtualService', 'virtualService: {name: reviews, routes: [weighted]}', [reviews()]],
    ['it without a route, where there is one', 'virtualService: {name: reviews}', [reviews()]],
    ['both', 'virtualServices: [{name: reviews}, {name: productpage, routes: [weighted-reviews]}]', both],
    ['both by their full names', 'virtualServices: [{name: reviews.bookinfo}, {name: productpage.bookinfo}]', both],
  ])('is silent where it names %s', (_what, istio, intents) => {
    expect(said(istio, intents)).toEqual([]);
  });

  it.each([
    ['virtualService: {name: reviews}', both, 'does not name VirtualService bookinfo/productpage'],
    [
      'virtualService: {name: reviews, routes: [primary]}',
      [reviews()],
      'does not name the route `weighted` of bookinfo/reviews and names a route `primary` of bookinfo/reviews, which has none with its two versions',
    ],
    [
      'virtualService: {name: reviews.shop}',
      [reviews()],
      'does not name VirtualService bookinfo/reviews and names VirtualService shop/reviews, which nothing shows',
    ],
    ['virtualServices: [{name: reviews}, {name: gone}]', [reviews()], 'names VirtualService bookinfo/gone, which nothing shows'],
    [
      'virtualService: {name: reviews}, destinationRule: {name: reviews, stableSubsetName: canary, canarySubsetName: stable}',
      [reviews()],
      'calls the subset `canary` stable, where the intent says `stable`',
    ],
    [
      'virtualService: {name: reviews, routes: [weighted]}',
      [reviews('routes: [{match: {uri: {prefix: /api}}}, {match: {uri: {prefix: /v2}}, name: api}]\n')],
      'does not name the route `api` of bookinfo/reviews and does not name the route `weighted-2` of bookinfo/reviews',
    ],
  ])('warns of %s', (istio, intents, what) => {
    expect(said(istio, intents)).toEqual(fault(what));
  });

  it('knows tcp and tls routes by port and server names', () => {
    const l4 = reviews().replace('port: 9080', 'ports: {http: {number: 9080}, tcp: {number: 7000}, tcp-b: {number: 7001}}');
    const name = (tcp: string) => `virtualService: {name: reviews, routes: [weighted]${tcp}}`;
    expect(said(name(', tcpRoutes: [{port: 7000}, {port: 7001}]'), [l4])).toEqual([]);
    expect(said(name(', tcpRoutes: [{port: 7000}]'), [l4])).toEqual(fault('does not name the tcp route `7001` of bookinfo/reviews'));
    expect(said(name(''), [l4])[0]).toContain('does not name the tcp route `7000`');
  });

  it('passes over Rollouts of other subsets and namespaces', () => {
    expect(said('virtualService: {name: reviews}', [reviews()], 'namespace: shop')).toEqual([]);
    expect(said('virtualService: {name: x}', ['service: ratings\nport: 9080\n'])).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { rendered } from '../../../support/rendered.ts';

const rule = (name: string, words: string) => `service: ${name}\nhost: h\n${words}\n`;
const two = (one: string, other: string) => rendered(documents(rule('one', one), rule('two', other)));

describe('one-destination-rule-per-host', () => {
  it.each([
    ['one subset in both', 'versions: [v1]', 'versions: [v2, v1]', 'the subset `v1`'],
    ['a policy in both', 'loadBalancer: RANDOM', 'tls: {mode: DISABLE}', 'a `trafficPolicy`'],
  ])('error: %s, of which the older would win', (_, one, other, both) => {
    const [finding] = two(one, other).diagnostics;
    expect([finding?.code, finding?.message]).toEqual([
      'MS5003',
      `DestinationRule bookinfo/two and DestinationRule bookinfo/one both set ${both} for h.bookinfo.svc.cluster.local`,
    ]);
  });

  it('fine: what Istio adds up', () => {
    expect(two('versions: [v1]', 'versions: [v2]').findings).toEqual([]);
    expect(two('versions: [v1]', 'loadBalancer: RANDOM').findings).toEqual([]);
  });
});

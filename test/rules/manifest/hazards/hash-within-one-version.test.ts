import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, destinationRule, virtualService } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';

const only = ['MS5903'];
const hash = 'loadBalancer: {consistentHash: {httpHeaderName: x-user}}';
const subsets = 'subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]';
const rule = (policy: string, more = subsets) =>
  destinationRule(`host: reviews\n${policy === '' ? '' : `trafficPolicy: {${policy}}\n`}${more}`);
/** The second weight stands on line 9. */
const split = (before = '', weights: readonly [number, number] = [90, 10], hosts: readonly [string, string] = ['reviews', 'reviews']) =>
  virtualService(
    `hosts: [reviews]\nhttp:${before}\n- route:\n  - {destination: {host: ${hosts[0]}, subset: v1}, weight: ${weights[0]}}\n  - {destination: {host: ${hosts[1]}, subset: v2}, weight: ${weights[1]}}`,
  );

describe('hash-within-one-version', () => {
  it('warning: a hash of the host, or of the version', () => {
    expect(checked(documents(split(), rule(hash)), { only }).findings).toEqual(['MS5903 line 9']);
    const own = `subsets: [{name: v1, labels: {version: v1}, trafficPolicy: {${hash}}}, {name: v2, labels: {version: v2}}]`;
    expect(checked(documents(split(), rule('', own)), { only }).codes).toEqual(only);
    expect(checked(documents(split('', [90, 10], ['reviews', 'reviews.bookinfo.svc.cluster.local']), rule(hash)), { only }).codes).toEqual(
      only,
    );
  });

  it.each([
    ['another load balancer', split(), rule('loadBalancer: {simple: RANDOM}')],
    [
      'a version that overrules the hash',
      split(),
      rule(hash, 'subsets: [{name: v1, labels: {version: v1}, trafficPolicy: {loadBalancer: {simple: RANDOM}}}]'),
    ],
    ['one version gets everything', split('', [100, 0]), rule(hash)],
    [
      'users are kept by a cookie',
      split('\n- match: [{headers: {cookie: {regex: ".*group=b.*"}}}]\n  route: [{destination: {host: reviews, subset: v2}}]'),
      rule(hash),
    ],
    ['two hosts', split('', [90, 10], ['reviews', 'ratings']), rule(hash)],
  ])('fine: %s', (_, routes, policy) => {
    expect(checked(documents(routes, policy), { only }).findings).toEqual([]);
  });

  it('leads to the intent', () => {
    const intent =
      'service: reviews\nport: 9080\nversions: [v1, v2]\nstable: v1\ncanary:\n  version: v2\n  percent: 10\nloadBalancer: {hash: sourceIp}\n';
    expect(rendered(intent).findings).toEqual(['MS5903 line 7']);
  });
});

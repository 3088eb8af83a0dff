import { describe, expect, it } from 'vitest';
import { rendered } from '../../../support/rendered.ts';
import { gateway, productpage, reviews } from './shifted-fixtures.ts';

const found = (...intents: readonly string[]) => rendered(intents.join('---\n')).findings.filter((one) => one.startsWith('MS5921'));
const ratings = (words = '') => `service: reviews\nport: 9080\nweights: flagger\n${words}`;

describe('controller-moves-each-split', () => {
  it('warns of each way past the VirtualService that Flagger writes', () => {
    expect(found(ratings())).toEqual([]);
    expect(found(ratings('timeout: 2s\n'))).toEqual([]);
    expect(found(ratings(), productpage())).toEqual(['MS5921 line 10']);
    expect(found(reviews('expose: [{gateway: bookinfo-gateway, hosts: [reviews.example.com]}]\n', 'flagger'), gateway)).toEqual([
      'MS5921 line 6',
    ]);
    const shared = `${gateway}hosts: {bookinfo.example.com: [{prefix: /reviews, service: reviews}]}\n`;
    expect(found(ratings(), shared)).toHaveLength(1);
  });

  it('says nothing of Argo Rollouts, which can be told of several', () => {
    expect(found(reviews(), productpage())).toEqual([]);
  });

  it('but where it would take tcp routes of others for its own', () => {
    const tcp = productpage().replace(
      'port: 9080\nversions: [v1]\nstable: v1',
      'ports: {http: {number: 9080}, tcp: {number: 7000}}\nversions: [v1]\nstable: v1',
    );
    expect(found(reviews(), tcp)).toEqual(['MS5921 line 12']);
  });

  it('ends with the weights in git', () => {
    expect(found(reviews('', 'git'), productpage())).toEqual([]);
  });
});

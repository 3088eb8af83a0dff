import { describe, expect, it } from 'vitest';
import { checked, destinationRule } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';

const only = ['MS5909'];
const messages = (spec: string) => checked(destinationRule(`host: reviews\n${spec}`), { only }).diagnostics.map(({ message }) => message);
const port = (words: string) => `portLevelSettings: [{port: {number: 9080}, ${words}}]`;
const random = 'loadBalancer: {simple: RANDOM}';
const mutual = 'tls: {mode: ISTIO_MUTUAL}';

describe('port-policy-is-whole', () => {
  it.each([
    ['one block', `trafficPolicy: {${mutual}, ${port(random)}}`, 'the `tls` of DestinationRule bookinfo/reviews does not hold'],
    [
      'several',
      `trafficPolicy: {${mutual}, connectionPool: {tcp: {maxConnections: 1}}, ${port(random)}}`,
      'the `tls` and `connectionPool` of DestinationRule bookinfo/reviews do not hold',
    ],
    [
      'what an entry cannot say',
      `trafficPolicy: {proxyProtocol: {version: V1}, ${port(random)}}`,
      'the `proxyProtocol` of DestinationRule bookinfo/reviews does not hold',
    ],
    [
      'of a subset',
      `subsets: [{name: v1, labels: {version: v1}, trafficPolicy: {${mutual}, ${port(random)}}}]`,
      'the `tls` of DestinationRule bookinfo/reviews does not hold',
    ],
    [
      "of the host, at a subset's port",
      `trafficPolicy: {${mutual}}\nsubsets: [{name: v1, labels: {version: v1}, trafficPolicy: {${port(random)}}}]`,
      'the `tls` of DestinationRule bookinfo/reviews does not hold',
    ],
  ])('warning: %s', (_, spec, rest) => {
    expect(messages(spec)).toEqual([`on port 9080 ${rest}`]);
  });

  it('warning: a load balancer that is more than a way to balance', () => {
    const lost = (balancer: string) => messages(`trafficPolicy: {loadBalancer: {${balancer}}, ${port('tls: {mode: SIMPLE}')}}`);
    expect(lost('consistentHash: {useSourceIp: true}')).toHaveLength(1);
    expect(lost('simple: RANDOM, localityLbSetting: {enabled: false}')).toHaveLength(1);
    expect(lost('simple: PASSTHROUGH')).toHaveLength(1);
  });

  it('stands at the port', () => {
    const spec = `host: reviews\ntrafficPolicy:\n  ${mutual}\n  portLevelSettings:\n  - port: {number: 80}\n    ${mutual}\n  - port: {number: 81}\n    ${random}`;
    expect(checked(destinationRule(spec), { only }).findings).toEqual(['MS5909 line 11']);
  });

  it.each([
    ['everything is repeated', `trafficPolicy: {${random}, ${mutual}, ${port(`${mutual}, loadBalancer: {simple: ROUND_ROBIN}`)}}`],
    ['a simple load balancer, as in Bookinfo', `trafficPolicy: {loadBalancer: {simple: ROUND_ROBIN}, ${port('tls: {mode: SIMPLE}')}}`],
    ['there is nothing around', `trafficPolicy: {${port(random)}}`],
    ['no ports', `trafficPolicy: {${mutual}}`],
  ])('fine: %s', (_, spec) => {
    expect(messages(spec)).toEqual([]);
  });

  it('fine: an intent gives a port what Istio does by default', () => {
    const intent = 'service: reviews\nports:\n  80: {loadBalancer: RANDOM, tls: null}\n  81: {}\ntls: {mode: ISTIO_MUTUAL}\n';
    expect(rendered(intent).codes).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { checked } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';
import { everywhere, inEveryPlace } from './policy-places.ts';

const tls = (credential: string) => `tls:\n  mode: SIMPLE\n  credentialName: ${credential}`;

describe('config-map-in-own-namespace', () => {
  it.each(['configmap://ca', 'configmap://', 'configmap:///ca', 'configmap://bookinfo/', 'configmap://shop/ca'])('error: %s', (name) => {
    expect(everywhere(tls(name))).toEqual(inEveryPlace('MS5215', 2));
  });

  it.each(['configmap://bookinfo/ca', 'shop-ca', 'kubernetes://shop/ca'])('fine: %s', (name) => {
    expect(everywhere(tls(name))).toEqual([]);
  });

  it('fine: any namespace, where nobody says which is its own', () => {
    const rule = (name: string) => `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: reviews}
spec: {host: reviews, trafficPolicy: {tls: {mode: SIMPLE, credentialName: "${name}"}}}
`;
    expect(checked(rule('configmap://shop/ca')).findings).toEqual([]);
    expect(checked(rule('configmap://ca')).findings).toEqual(['MS5215 line 4']);
    expect(checked(rule('configmap://shop/ca'), { namespace: 'bookinfo' }).findings).toEqual(['MS5215 line 4']);
  });

  it('from 1.26 on', () => {
    expect(everywhere(tls('configmap://shop/ca'), { istio: '1.25' })).toEqual([]);
    expect(everywhere(tls('configmap://shop/ca'), { istio: '1.26' })).toEqual(inEveryPlace('MS5215', 2));
  });

  it('leads to the line of the intent', () => {
    expect(rendered(`service: reviews\nport: 9080\n${tls('configmap://shop/ca')}\n`).findings).toEqual(['MS5215 line 5']);
  });
});

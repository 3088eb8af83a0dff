import { describe, expect, it } from 'vitest';
import { gatewayOf, ingressOf, marked, serverOf } from '../../../support/listeners.ts';

const only = ['MS5316'];
const words = (min: string, max: string) => `minProtocolVersion: ${min}, maxProtocolVersion: ${max}`;
const check = (min: string, max: string) =>
  marked(gatewayOf(serverOf({ more: `tls: {mode: SIMPLE, credentialName: c, ${words(min, max)}}` })), { only });

describe('tls-versions-from-low-to-high', () => {
  it('warning: the lowest above the highest', () => {
    expect(check('TLSV1_3', 'TLSV1_2')).toEqual(['MS5316 line 6: TLSV1_2']);
    expect(check('TLSV1_1', 'TLSV1_0')).toEqual(['MS5316 line 6: TLSV1_0']);
  });

  it('fine: equal, in order, or left to Envoy', () => {
    expect(check('TLSV1_2', 'TLSV1_2')).toEqual([]);
    expect(check('TLSV1_2', 'TLSV1_3')).toEqual([]);
    expect(check('TLSV1_3', 'TLS_AUTO')).toEqual([]);
    expect(check('TLS_AUTO', 'TLSV1_0')).toEqual([]);
  });

  it('fine: modes in which Istio reads neither', () => {
    expect(marked(gatewayOf(serverOf({ more: `tls: {mode: ISTIO_MUTUAL, ${words('TLSV1_3', 'TLSV1_2')}}` })), { only })).toEqual([]);
  });

  it('holds for Sidecars', () => {
    const more = `tls: {mode: SIMPLE, serverCertificate: /c, privateKey: /k, ${words('TLSV1_3', 'TLSV1_2')}}`;
    expect(marked(ingressOf({ more }), { only })).toEqual(['MS5316 line 6: TLSV1_2']);
  });
});

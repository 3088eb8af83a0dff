import { describe, expect, it } from 'vitest';
import { gatewayOf, ingressOf, marked, serverOf } from '../../../support/listeners.ts';
import { rendered } from '../../../support/rendered.ts';

const only = ['MS5313'];
const tls = (words: string) => `tls: {mode: SIMPLE, credentialName: c, ${words}}`;
const check = (words: string, istio = '1.31') => marked(gatewayOf(serverOf({ more: tls(words) })), { only, istio });

describe('old-tls-version-has-ciphers', () => {
  it.each([
    ['minProtocolVersion: TLSV1_0', 'TLSV1_0'],
    ['minProtocolVersion: TLSV1_1', 'TLSV1_1'],
    ['minProtocolVersion: TLSV1_1, cipherSuites: []', 'TLSV1_1'],
  ])('warning: %s', (words, marks) => {
    expect(check(words)).toEqual([`MS5313 line 6: ${marks}`]);
  });

  it.each([
    'minProtocolVersion: TLSV1_2',
    'minProtocolVersion: TLS_AUTO',
    'minProtocolVersion: TLSV1_0, cipherSuites: [AES128-SHA]',
    'maxProtocolVersion: TLSV1_1',
  ])('fine: %s', (words) => {
    expect(check(words)).toEqual([]);
  });

  it('fine before 1.16, whose Envoy still offers old suites', () => {
    expect(check('minProtocolVersion: TLSV1_0', '1.15')).toEqual([]);
    expect(check('minProtocolVersion: TLSV1_0', '1.16')).toHaveLength(1);
  });

  it('holds for Sidecars', () => {
    const more = 'tls: {mode: SIMPLE, serverCertificate: /c, privateKey: /k, minProtocolVersion: TLSV1_0}';
    expect(marked(ingressOf({ more }), { only })).toEqual(['MS5313 line 6: TLSV1_0']);
  });

  it('warning: on the https server of an intent', () => {
    const server = 'https: 443\n    hosts: ["*"]\n    credentialName: c\n    tls: {minProtocolVersion: TLSV1_1}\n';
    expect(rendered(`gateway: gw\nservers:\n  - ${server}`).findings).toEqual(['MS5313 line 6']);
  });
});

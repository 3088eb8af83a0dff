import { describe, expect, it } from 'vitest';
import { gatewayOf, ingressOf, marked, serverOf } from '../../../support/listeners.ts';

const only = ['MS5506'];
const check = (words: string) =>
  marked(ingressOf({ more: `tls: {mode: SIMPLE, serverCertificate: /c, privateKey: /k, ${words}}` }), { only });

describe('ingress-tls-by-files', () => {
  it.each([
    ['subjectAltNames: [a]', 'subjectAltNames'],
    ['credentialName: c', 'credentialName'],
    ['credentialNames: [c]', 'credentialNames'],
    ['tlsCertificates: [{serverCertificate: /c, privateKey: /k}]', 'tlsCertificates'],
    ['httpsRedirect: true', 'httpsRedirect'],
  ])('error: %s', (words, marks) => {
    expect(check(words)).toEqual([`MS5506 line 6: ${marks}`]);
  });

  it.each(['caCertificates: /ca', 'subjectAltNames: []', 'credentialName: ""', 'httpsRedirect: false'])('fine: %s', (words) => {
    expect(check(words)).toEqual([]);
  });

  it('fine: Gateways, which can', () => {
    expect(marked(gatewayOf(serverOf({ more: 'tls: {mode: SIMPLE, credentialName: c}' })), { only })).toEqual([]);
  });
});

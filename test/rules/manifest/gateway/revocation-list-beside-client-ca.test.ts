import { describe, expect, it } from 'vitest';
import { gatewayOf, ingressOf, marked, serverOf } from '../../../support/listeners.ts';
import { rendered } from '../../../support/rendered.ts';

const only = ['MS5311'];
const files = 'serverCertificate: /c, privateKey: /k';
const check = (tls: string) => marked(gatewayOf(serverOf({ more: `tls: {${tls}, caCrl: /crl}` })), { only });

describe('revocation-list-beside-client-ca', () => {
  it.each([`mode: SIMPLE, ${files}`, 'mode: PASSTHROUGH, credentialName: c', 'credentialName: c'])('error: %s', (tls) => {
    expect(check(tls)).toEqual(['MS5311 line 6: /crl']);
  });

  it.each([
    `mode: MUTUAL, ${files}, caCertificates: /ca`,
    'mode: PASSTHROUGH',
    'mode: PASSTHROUGH, credentialNames: [c]',
    'mode: ISTIO_MUTUAL',
    // A warning of its own: revocation-list-in-the-secret.
    'mode: SIMPLE, credentialName: c',
    'mode: MUTUAL, credentialName: c',
  ])('no error: %s', (tls) => {
    expect(check(tls)).toEqual([]);
  });

  it('holds for Sidecars', () => {
    expect(marked(ingressOf({ more: `tls: {mode: SIMPLE, ${files}, caCrl: /crl}` }), { only })).toEqual(['MS5311 line 6: /crl']);
  });

  it('error: on the https server of an intent', () => {
    const server = `https: 443\n    hosts: ["*"]\n    tls: {${files}, caCrl: /crl}\n`;
    expect(rendered(`gateway: gw\nservers:\n  - ${server}`).findings).toEqual(['MS5311 line 5']);
  });
});

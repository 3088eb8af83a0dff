import { describe, expect, it } from 'vitest';
import { gatewayOf, marked, serverOf } from '../../../support/listeners.ts';

const check = (tls: string) => marked(gatewayOf(serverOf({ more: `tls: {${tls}}` })), { only: ['MS5312'] });

describe('revocation-list-in-the-secret', () => {
  it.each([
    'mode: MUTUAL, credentialName: c, caCrl: /crl',
    'mode: OPTIONAL_MUTUAL, credentialNames: [c], caCrl: /crl',
    'mode: SIMPLE, credentialName: c, caCrl: /crl',
  ])('warning: %s', (tls) => {
    expect(check(tls)).toEqual(['MS5312 line 6: /crl']);
  });

  it.each([
    'mode: MUTUAL, credentialName: c',
    'mode: MUTUAL, credentialName: c, caCrl: ""',
    'mode: MUTUAL, serverCertificate: /c, privateKey: /k, caCertificates: /ca, caCrl: /crl',
    'mode: PASSTHROUGH, credentialName: c, caCrl: /crl',
  ])('not said: %s', (tls) => {
    expect(check(tls)).toEqual([]);
  });
});

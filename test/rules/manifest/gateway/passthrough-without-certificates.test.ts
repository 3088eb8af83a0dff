import { describe, expect, it } from 'vitest';
import { gatewayOf, ingressOf, marked, serverOf } from '../../../support/listeners.ts';
import { rendered } from '../../../support/rendered.ts';

const only = ['MS5309'];
const check = (tls: string, protocol = 'HTTPS') => marked(gatewayOf(serverOf({ protocol, more: `tls: {${tls}}` })), { only });

describe('passthrough-without-certificates', () => {
  it.each([
    ['credentialName: c', 'c'],
    ['mode: PASSTHROUGH, credentialName: c', 'c'],
    ['mode: AUTO_PASSTHROUGH, serverCertificate: /c', '/c'],
    ['mode: PASSTHROUGH, caCertificates: /ca', '/ca'],
    ['mode: PASSTHROUGH, caCrl: /crl', '/crl'],
    ['mode: PASSTHROUGH, tlsCertificates: [{privateKey: /k}]', '[{privateKey: /k}]'],
  ])('warning: %s', (tls, marks) => {
    expect(check(tls)).toEqual([`MS5309 line 6: ${marks}`]);
  });

  it('fine: no certificate, or another mode', () => {
    expect(check('mode: PASSTHROUGH')).toEqual([]);
    expect(check('mode: SIMPLE, credentialName: c')).toEqual([]);
  });

  it('on HTTP: a Secret is ignored, files are an error of their own', () => {
    expect(check('httpsRedirect: true, credentialName: c', 'HTTP')).toEqual(['MS5309 line 6: c']);
    expect(check('httpsRedirect: true, credentialName: c, privateKey: /k', 'HTTP')).toEqual([]);
  });

  it('holds for Sidecars', () => {
    expect(marked(ingressOf({ more: 'tls: {serverCertificate: /c}' }), { only })).toEqual(['MS5309 line 6: /c']);
  });

  it('warning: a Secret on the tls server of an intent, whose default is PASSTHROUGH', () => {
    const server = '{tls: 443, hosts: [bookinfo.example.com], credentialName: bookinfo}';
    expect(rendered(`gateway: gw\nservers:\n  - ${server}\n`).findings).toEqual(['MS5309 line 3']);
  });
});

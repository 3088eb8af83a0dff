import { describe, expect, it } from 'vitest';
import { gatewayOf, marked, serverOf } from '../../../support/listeners.ts';
import { rendered } from '../../../support/rendered.ts';

const check = (tls: string, istio = '1.31') => marked(gatewayOf(serverOf({ more: `tls: {${tls}}` })), { only: ['MS5308'], istio });

describe('istio-mutual-brings-its-certificates', () => {
  it.each([
    ['serverCertificate: /c', '/c'],
    ['privateKey: /k', '/k'],
    ['caCertificates: /ca', '/ca'],
    ['credentialName: c', 'c'],
    ['credentialNames: [c]', '[c]'],
    ['tlsCertificates: [{privateKey: /k}]', '[{privateKey: /k}]'],
  ])('error: %s', (field, marks) => {
    expect(check(`mode: ISTIO_MUTUAL, ${field}`)).toEqual([`MS5308 line 6: ${marks}`]);
  });

  it('fine: no others, or another mode', () => {
    expect(check('mode: ISTIO_MUTUAL, credentialName: ""')).toEqual([]);
    expect(check('mode: MUTUAL, credentialName: c')).toEqual([]);
  });

  it('knows since when Istio asks: files 1.3, Secrets 1.13, lists 1.27', () => {
    expect(check('mode: ISTIO_MUTUAL, privateKey: /k', '1.3')).toHaveLength(1);
    expect(check('mode: ISTIO_MUTUAL, credentialName: c', '1.12')).toEqual([]);
    expect(check('mode: ISTIO_MUTUAL, credentialName: c', '1.13')).toHaveLength(1);
    expect(check('mode: ISTIO_MUTUAL, credentialNames: [c]', '1.26')).toEqual([]);
    expect(check('mode: ISTIO_MUTUAL, credentialNames: [c]', '1.27')).toHaveLength(1);
  });

  it('error: a Secret beside the mode on the server of an intent', () => {
    const server = '{https: 443, hosts: ["*"], mode: ISTIO_MUTUAL, credentialName: bookinfo}';
    expect(rendered(`gateway: gw\nservers:\n  - ${server}\n`).findings).toEqual(['MS5308 line 3']);
  });
});

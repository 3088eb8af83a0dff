import { describe, expect, it } from 'vitest';
import { gatewayOf, ingressOf, marked, serverOf } from '../../../support/listeners.ts';
import { rendered } from '../../../support/rendered.ts';

const only = ['MS5306'];
const server = (tls: string) => marked(gatewayOf(serverOf({ more: `tls: ${tls}` })), { only });
const ingress = (tls: string) => marked(ingressOf({ more: `tls: ${tls}` }), { only });

describe('tls-end-has-a-certificate', () => {
  it.each([
    ['{mode: SIMPLE}', 'SIMPLE'],
    ['{mode: MUTUAL, caCertificates: /ca}', 'MUTUAL'],
    ['{mode: OPTIONAL_MUTUAL}', 'OPTIONAL_MUTUAL'],
    ['{mode: SIMPLE, credentialName: ""}', 'SIMPLE'],
    ['{mode: SIMPLE, serverCertificate: /c}', '/c'],
    ['{mode: SIMPLE, serverCertificate: "", privateKey: /k}', '/k'],
    ['{mode: SIMPLE, tlsCertificates: [{privateKey: /k}]}', '{privateKey: /k}'],
    ['{mode: SIMPLE, tlsCertificates: [{serverCertificate: /c, privateKey: /k}, {}]}', '{}'],
  ])('error: %s', (tls, marks) => {
    expect(server(tls)).toEqual([`MS5306 line 6: ${marks}`]);
  });

  it.each([
    '{mode: SIMPLE, credentialName: bookinfo}',
    '{mode: MUTUAL, credentialNames: [bookinfo]}',
    '{mode: SIMPLE, serverCertificate: /c, privateKey: /k}',
    '{mode: SIMPLE, tlsCertificates: [{serverCertificate: /c, privateKey: /k}]}',
    '{mode: PASSTHROUGH}',
    '{mode: ISTIO_MUTUAL}',
    '{}',
  ])('fine: %s', (tls) => {
    expect(server(tls)).toEqual([]);
  });

  it('holds for Sidecars, which need both files', () => {
    expect(ingress('{mode: SIMPLE}')).toEqual(['MS5306 line 6: SIMPLE']);
    expect(ingress('{mode: SIMPLE, serverCertificate: /c, privateKey: /k}')).toEqual([]);
  });

  it('error: an https server of an intent without a Secret', () => {
    expect(rendered('gateway: gw\nservers:\n  - {https: 443, hosts: ["*"]}\n').findings).toEqual(['MS5306 line 3']);
  });
});

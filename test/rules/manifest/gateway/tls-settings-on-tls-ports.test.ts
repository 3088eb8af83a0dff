import { describe, expect, it } from 'vitest';
import { gatewayOf, ingressOf, marked, serverOf } from '../../../support/listeners.ts';
import { rendered } from '../../../support/rendered.ts';

const only = ['MS5304'];
const server = (protocol: string, tls: string) => marked(gatewayOf(serverOf({ protocol, more: `tls: ${tls}` })), { only });
const ingress = (protocol: string, tls: string) => marked(ingressOf({ protocol, more: `tls: ${tls}` }), { only });

describe('tls-settings-on-tls-ports', () => {
  it.each([
    ['HTTP', '{mode: SIMPLE, credentialName: c}', 'SIMPLE'],
    ['GRPC', '{mode: ISTIO_MUTUAL}', 'ISTIO_MUTUAL'],
    ['HTTP', '{mode: PASSTHROUGH, privateKey: /k}', '/k'],
    ['HTTP', '{httpsRedirect: true, caCertificates: /ca}', '/ca'],
    ['TCP', '{mode: SIMPLE, credentialName: c}', 'tls'],
    ['TCP', '{}', 'tls'],
    ['UDP', '{httpsRedirect: true}', 'tls'],
  ])('error: %s with %s', (protocol, tls, marks) => {
    expect(server(protocol, tls)).toEqual([`MS5304 line 6: ${marks}`]);
  });

  it.each([
    ['HTTP', '{httpsRedirect: true}'],
    ['HTTP2', '{}'],
    ['HTTP', '{mode: AUTO_PASSTHROUGH}'],
    ['HTTPS', '{mode: SIMPLE, credentialName: c}'],
    ['tls', '{mode: MUTUAL, credentialName: c}'],
  ])('fine: %s with %s', (protocol, tls) => {
    expect(server(protocol, tls)).toEqual([]);
  });

  it('error: any settings on a port of a Sidecar that has no TLS', () => {
    expect(ingress('HTTP', '{}')).toEqual(['MS5304 line 6: tls']);
    expect(ingress('""', '{mode: SIMPLE, serverCertificate: /c, privateKey: /k}')).toEqual(['MS5304 line 6: tls']);
    expect(ingress('TLS', '{}')).toEqual([]);
  });

  it('error: a certificate on the http server of an intent', () => {
    const servers = 'servers:\n  - http: 80\n    hosts: ["*"]\n    tls: {mode: SIMPLE, credentialName: bookinfo}\n';
    expect(rendered(`gateway: gw\n${servers}`).findings).toEqual(['MS5304 line 5']);
  });
});

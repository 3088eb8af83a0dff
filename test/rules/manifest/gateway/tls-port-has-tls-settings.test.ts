import { describe, expect, it } from 'vitest';
import { gatewayOf, ingressOf, marked, serverOf } from '../../../support/listeners.ts';
import { rendered } from '../../../support/rendered.ts';

const only = ['MS5303'];

describe('tls-port-has-tls-settings', () => {
  it.each(['HTTPS', 'TLS', 'https'])('error: %s without settings', (protocol) => {
    expect(marked(gatewayOf(serverOf({ protocol })), { only })).toEqual([`MS5303 line 6: ${protocol}`]);
  });

  it.each(['HTTP', 'GRPC', 'TCP', 'MONGO', 'UDP'])('fine: %s without settings', (protocol) => {
    expect(marked(gatewayOf(serverOf({ protocol })), { only })).toEqual([]);
  });

  it('fine: settings of any kind, and Sidecars, whose proxies pass TLS on', () => {
    expect(marked(gatewayOf(serverOf({ more: 'tls: {}' })), { only })).toEqual([]);
    expect(marked(ingressOf(), { only })).toEqual([]);
  });

  it('error: a server that an intent writes in the words of Istio', () => {
    const servers = 'servers:\n  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: ["*"]}\n';
    expect(rendered(`gateway: gw\n${servers}`).findings).toEqual(['MS5303 line 3']);
  });
});

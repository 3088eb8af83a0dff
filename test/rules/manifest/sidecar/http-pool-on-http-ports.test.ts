import { describe, expect, it } from 'vitest';
import { ingressOf, marked, sidecarOf } from '../../../support/listeners.ts';

const only = ['MS5508'];
const check = (protocol: string, pool: string) => marked(ingressOf({ protocol, more: `connectionPool: ${pool}` }), { only });

describe('http-pool-on-http-ports', () => {
  it.each(['TCP', 'HTTPS', 'TLS', '""'])('warning: %s', (protocol) => {
    expect(check(protocol, '{http: {maxRetries: 1}}')).toEqual(['MS5508 line 6: http']);
  });

  it.each(['HTTP', 'grpc', 'HTTP2'])('fine: %s', (protocol) => {
    expect(check(protocol, '{http: {maxRetries: 1}}')).toEqual([]);
  });

  it('fine: limits on TCP, and a pool for all ports', () => {
    expect(check('TCP', '{tcp: {maxConnections: 1}}')).toEqual([]);
    expect(marked(sidecarOf('inboundConnectionPool: {http: {maxRetries: 1}}'), { only })).toEqual([]);
  });
});

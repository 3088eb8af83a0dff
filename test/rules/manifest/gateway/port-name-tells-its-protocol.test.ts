import { describe, expect, it } from 'vitest';
import { gatewayOf, marked, serverOf } from '../../../support/listeners.ts';

const check = (name: string, protocol: string) => marked(gatewayOf(serverOf({ name, protocol })), { only: ['MS5319'] });

describe('port-name-tells-its-protocol', () => {
  it.each([
    ['http', 'HTTPS'],
    ['https', 'HTTP'],
    ['https-shop', 'HTTP'],
    ['http-443', 'TLS'],
    ['tcp-shop', 'HTTP'],
    ['grpc-web', 'TCP'],
    ['mongo', 'REDIS'],
    ['TLS', 'HTTP'],
  ])('warning: %s speaks %s', (name, protocol) => {
    expect(check(name, protocol)).toEqual([`MS5319 line 6: ${name}`]);
  });

  it.each([
    ['http', 'HTTP'],
    ['http-shop', 'HTTP2'],
    ['http2', 'GRPC'],
    ['grpc-web', 'GRPC-WEB'],
    ['https', 'TLS'],
    ['tls', 'HTTPS'],
    ['tcp', 'TLS'],
    ['tcp-db', 'MONGO'],
    ['tls-db', 'TCP'],
    ['bookinfo', 'HTTPS'],
    ['httpbin', 'HTTPS'],
    ['shop-http', 'HTTPS'],
  ])('fine: %s speaks %s', (name, protocol) => {
    expect(check(name, protocol)).toEqual([]);
  });
});

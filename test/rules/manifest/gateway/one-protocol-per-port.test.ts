import { describe, expect, it } from 'vitest';
import { gatewayOf, marked, serverOf } from '../../../support/listeners.ts';
import { rendered } from '../../../support/rendered.ts';

const server = (protocol: string, hosts = '[a.example.com]', more?: string) =>
  serverOf({ number: 80, name: `x-${protocol.toLowerCase()}-${hosts.length}`, protocol, hosts, ...(more === undefined ? {} : { more }) });
const check = (...servers: readonly string[]) => marked(gatewayOf(...servers), { only: ['MS5318'] });
const tls = 'tls: {mode: SIMPLE, credentialName: c}';

describe('one-protocol-per-port', () => {
  it.each([
    ['HTTP', 'HTTPS'],
    ['HTTP', 'TCP'],
    ['TCP', 'HTTP'],
    ['TCP', 'TCP'],
    ['MONGO', 'TLS'],
  ])('warning: %s, then %s', (one, two) => {
    const second = server(two, '[other.example.com]', two === 'HTTPS' || two === 'TLS' ? tls : undefined);
    expect(check(server(one), second)).toEqual([`MS5318 line 7: ${two}`]);
  });

  it('fine: sorts of HTTP together, and servers of TLS', () => {
    expect(check(server('HTTP'), server('GRPC', '[b.example.com]'), server('HTTP2', '[abc.example.com]'))).toEqual([]);
    expect(check(server('HTTPS', '[a.example.com]', tls), server('TLS', '[b.example.com]', 'tls: {}'))).toEqual([]);
  });

  it('fine: two addresses', () => {
    expect(check(server('HTTP', '[a.example.com]', 'bind: 10.0.0.1'), server('TCP', '["*"]', 'bind: 10.0.0.2'))).toEqual([]);
  });

  it('warning: http and https on one port of an intent', () => {
    const servers = '  - {http: 80, hosts: [a.example.com]}\n  - {https: 80, hosts: [b.example.com], credentialName: c}\n';
    expect(rendered(`gateway: gw\nservers:\n${servers}`).findings).toEqual(['MS5318 line 4']);
  });
});

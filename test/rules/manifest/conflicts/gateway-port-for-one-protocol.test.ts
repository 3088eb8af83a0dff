import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, manifest } from '../../../support/checked.ts';

const only = ['MS5805'];
const tls = ', tls: {mode: PASSTHROUGH}';
const server = (protocol: string, more = '', number = 9000) =>
  `{port: {number: ${number}, name: p, protocol: ${protocol}}, hosts: ["*"]${more}}`;

/** Six lines each, the server on the sixth. */
const gateway = (name: string, servers: string, selector = 'istio: ingressgateway') =>
  manifest('Gateway', name, `selector: {${selector}}\nservers: [${servers}]`);

describe('gateway-port-for-one-protocol', () => {
  it.each([
    [
      'plain http and TLS',
      server('HTTP'),
      server('HTTPS', tls),
      'Gateway bookinfo/two opens port 9000 for HTTPS, and Gateway bookinfo/one opens it for HTTP',
    ],
    [
      'http and TCP',
      server('GRPC'),
      server('tcp'),
      'Gateway bookinfo/two opens port 9000 for TCP, and Gateway bookinfo/one opens it for GRPC',
    ],
    [
      'TLS and TCP',
      server('TLS', tls),
      server('TCP'),
      'Gateway bookinfo/two opens port 9000 for TCP, and Gateway bookinfo/one opens it for TLS',
    ],
    ['TCP twice', server('TCP'), server('TCP'), 'Gateway bookinfo/two and Gateway bookinfo/one both open port 9000 for TCP'],
  ])('warning: %s', (_, one, other, message) => {
    const { findings, diagnostics } = checked(documents(gateway('one', one), gateway('two', other)), { only });
    expect(findings).toEqual(['MS5805 line 13']);
    expect(diagnostics[0]?.message).toBe(message);
  });

  it.each([
    ['http of two kinds', server('HTTP'), server('GRPC')],
    ['TLS of two kinds', server('HTTPS', tls), server('TLS', tls)],
    ['plain http with and without a redirect', server('HTTP'), server('HTTP', ', tls: {httpsRedirect: true}')],
    ['other ports', server('HTTP'), server('TCP', '', 9001)],
    ['other addresses', server('HTTP', ', bind: 10.0.0.1'), server('TCP', ', bind: 10.0.0.2')],
  ])('fine: %s', (_, one, other) => {
    expect(checked(documents(gateway('one', one), gateway('two', other)), { only }).findings).toEqual([]);
  });

  it('fine: other workloads; one Gateway, of which another rule speaks', () => {
    expect(checked(documents(gateway('one', server('HTTP')), gateway('two', server('TCP'), 'istio: egress')), { only }).findings).toEqual(
      [],
    );
    expect(checked(gateway('one', `${server('HTTP')}, ${server('TCP')}`), { only }).findings).toEqual([]);
  });

  it('warning: also after others that share the port', () => {
    const all = documents(gateway('one', server('HTTP')), gateway('two', server('HTTP')), gateway('three', server('TCP')));
    expect(checked(all, { only }).findings).toEqual(['MS5805 line 20']);
  });
});

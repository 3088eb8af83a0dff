import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, manifest } from '../../../support/checked.ts';

const only = ['MS5806'];
const https = (hosts: string, tls: string, port = 443, name = 'https', protocol = 'HTTPS') =>
  `{port: {number: ${port}, name: ${name}, protocol: ${protocol}}, hosts: [${hosts}], tls: {${tls}}}`;
const shop = 'mode: SIMPLE, credentialName: shop';
const files = 'mode: SIMPLE, serverCertificate: /etc/cert, privateKey: /etc/key';

/** Six lines each, the server on the sixth. */
const gateway = (name: string, servers: string, selector = 'istio: ingressgateway') =>
  manifest('Gateway', name, `selector: {${selector}}\nservers: [${servers}]`);
const two = (one: string, other: string, selector?: string) =>
  checked(documents(gateway('one', one), gateway('two', other, selector)), { only });

describe('certificate-on-one-server', () => {
  it.each([
    ['by its Secret', https('a.example.com', shop), https('b.example.com', shop)],
    ['by its files', https('a.example.com', files), https('b.example.com', files)],
    ['by one of several Secrets', https('a.example.com', 'mode: SIMPLE, credentialNames: [ecc, shop]'), https('b.example.com', shop)],
    ['a wildcard and a name', https('"*.example.com"', shop), https('a.example.com', shop)],
    ['in other modes', https('a.example.com', shop), https('b.example.com', 'mode: MUTUAL, credentialName: shop')],
  ])('warning: %s', (_, one, other) => {
    expect(two(one, other).findings).toEqual(['MS5806 line 13']);
  });

  it('warning: two servers of one Gateway, which IST0138 passes over', () => {
    const { diagnostics } = checked(gateway('one', `${https('a.example.com', shop)}, ${https('b.example.com', shop, 443, 'other')}`), {
      only,
    });
    expect(diagnostics.map(({ message }) => message)).toEqual([
      'two servers of Gateway bookinfo/one show the certificate `shop` on port 443 for different hosts',
    ]);
  });

  it.each([
    ['two certificates', https('a.example.com', shop), https('b.example.com', 'mode: SIMPLE, credentialName: bank')],
    [
      'two ports, between which no connection is shared, where IST0138 warns',
      https('a.example.com', shop),
      https('b.example.com', shop, 8443),
    ],
    ['one server for all hosts', https('a.example.com, b.example.com', shop), https('b.example.com, a.example.com', shop)],
    ['TLS around TCP', https('a.example.com', shop, 443, 'tls', 'TLS'), https('b.example.com', shop, 443, 'tls', 'TLS')],
    [
      'one key with two certificates',
      https('a.example.com', files),
      https('b.example.com', 'mode: SIMPLE, serverCertificate: /etc/other, privateKey: /etc/key'),
    ],
    ['TLS that is passed through', https('a.example.com', 'mode: PASSTHROUGH'), https('b.example.com', 'mode: PASSTHROUGH')],
  ])('fine: %s', (_, one, other) => {
    expect(two(one, other).findings).toEqual([]);
  });

  it('fine: other workloads', () => {
    expect(two(https('a.example.com', shop), https('b.example.com', shop), 'istio: internal').findings).toEqual([]);
  });
});

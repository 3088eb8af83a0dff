import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, manifest } from '../../../support/checked.ts';

const only = ['MS5802'];
const tls = 'tls: {mode: SIMPLE, credentialName: shop}';
const https = (hosts: string, more = tls, port = 'number: 443, name: https, protocol: HTTPS') =>
  `{port: {${port}}, hosts: [${hosts}], ${more}}`;

/** Six lines each, the server on the sixth. */
function gateway(name: string, server: string, { selector = 'istio: ingressgateway', namespace = 'bookinfo' } = {}) {
  return manifest('Gateway', name, `selector: {${selector}}\nservers: [${server}]`, { namespace });
}

const pod = (labels: string, name: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: istio-system, labels: {${labels}}}\n`;

describe('tls-host-on-one-gateway', () => {
  it.each([
    ['the same server twice', https('a.example.com'), https('a.example.com')],
    ['one host of several, in other letters', https('a.example.com, b.example.com'), https('c.example.com, B.example.com')],
    ['every host', https('"*"'), https('"*"')],
    ['its own namespace by sign, and by name', https('./a.example.com'), https('bookinfo/a.example.com')],
    ['TLS that is passed through', https('a.example.com', 'tls: {mode: PASSTHROUGH}'), https('a.example.com', tls)],
    ['TLS around TCP', https('a.example.com', tls, 'number: 443, name: tls, protocol: TLS'), https('a.example.com', tls)],
    ['one address', https('a.example.com', `${tls}, bind: 10.0.0.1`), https('a.example.com', `${tls}, bind: 10.0.0.1`)],
  ])('warning: %s', (_, one, other) => {
    const { findings, diagnostics } = checked(documents(gateway('one', one), gateway('two', other)), { only });
    expect(findings).toEqual(['MS5802 line 13']);
    expect(diagnostics[0]?.message).toMatch(/the newer server is dropped$/);
  });

  it.each([
    ['other hosts', https('a.example.com'), https('b.example.com')],
    ['a name and a wildcard above it, which are two names', https('a.example.com'), https('"*.example.com"')],
    ['other ports', https('a.example.com'), https('a.example.com', tls, 'number: 8443, name: https, protocol: HTTPS')],
    ['other addresses', https('a.example.com', `${tls}, bind: 10.0.0.1`), https('a.example.com', `${tls}, bind: 10.0.0.2`)],
    [
      'plain http',
      https('a.example.com', 'name: x', 'number: 80, name: http, protocol: HTTP'),
      https('a.example.com', 'name: x', 'number: 80, name: http, protocol: HTTP'),
    ],
    [
      'a redirect on plain http',
      https('a.example.com', 'tls: {httpsRedirect: true}', 'number: 80, name: http, protocol: HTTP'),
      https('a.example.com', 'tls: {httpsRedirect: true}', 'number: 80, name: http, protocol: HTTP'),
    ],
  ])('fine: %s', (_, one, other) => {
    expect(checked(documents(gateway('one', one), gateway('two', other)), { only }).findings).toEqual([]);
  });

  it('warning: hosts that differ in the namespace before the slash alone are two to Istio and one to Envoy', () => {
    const text = documents(gateway('one', https('a/shop.example.com')), gateway('two', https('b/shop.example.com')));
    expect(checked(text, { only }).diagnostics.map(({ message }) => message)).toEqual([
      'Gateway bookinfo/two and Gateway bookinfo/one both serve shop.example.com with TLS on port 443: Envoy refuses the whole port',
    ]);
  });

  it('selectors meet if they are equal, in any namespace, or if one asks for more than the other', () => {
    const two = (selector: string, other: string) =>
      checked(
        documents(
          gateway('one', https('a.example.com'), { selector }),
          gateway('two', https('a.example.com'), { selector: other, namespace: 'shop' }),
        ),
        { only },
      ).codes;
    expect(two('istio: ingressgateway', 'istio: ingressgateway')).toEqual(only);
    expect(two('istio: ingressgateway', 'istio: ingressgateway, app: gw')).toEqual(only);
    expect(two('', 'istio: ingressgateway')).toEqual(only);
    expect(two('istio: ingressgateway', 'istio: eastwest')).toEqual([]);
    expect(two('istio: ingressgateway', 'app: gw')).toEqual([]);
  });

  it('where the pods are known they decide', () => {
    const two = (...pods: readonly string[]) =>
      checked(
        documents(
          gateway('one', https('a.example.com'), { selector: 'istio: ingressgateway' }),
          gateway('two', https('a.example.com'), { selector: 'app: gw' }),
          ...pods,
        ),
        { only },
      ).codes;
    expect(two(pod('istio: ingressgateway, app: gw', 'both'))).toEqual(only);
    expect(two(pod('istio: ingressgateway', 'one'), pod('app: gw', 'two'))).toEqual([]);
    expect(two(pod('istio: ingressgateway', 'one'))).toEqual([]);
  });

  it('two servers of one Gateway are not its business', () => {
    expect(
      checked(gateway('one', `${https('a.example.com')}, ${https('a.example.com', tls, 'number: 443, name: other, protocol: HTTPS')}`), {
        only,
      }).codes,
    ).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { checked, virtualService } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';
import { found } from './found.ts';

const code = 'MS5105';
const http = 'http: [{route: [{destination: {host: reviews}}]}]';
const spec = (hosts: string, gateways = 'gateways: [gw]') =>
  virtualService(`${http}\n${gateways}\nhosts:\n${hosts.replaceAll(/^/gm, '- ')}`);

describe('hosts-do-not-overlap', () => {
  it.each([
    ['a host twice', 'a.com\nb.com\na.com', ['MS5105 line 10: a.com']],
    ['a host thrice, once for each', 'a.com\na.com\na.com', ['MS5105 line 9: a.com', 'MS5105 line 10: a.com']],
    ['an address twice', '10.0.0.1\n10.0.0.1', ['MS5105 line 9: 10.0.0.1']],
    ['a wildcard after what it covers', 'a.com\n"*.com"', ['MS5105 line 9: "*.com"']],
    ['a host after the wildcard that covers it', '"*.com"\na.com', ['MS5105 line 9: a.com']],
    ['a narrower wildcard', '"*.com"\n"*.a.com"', ['MS5105 line 9: "*.a.com"']],
    ['a wider wildcard', '"*.a.com"\n"*.com"', ['MS5105 line 9: "*.com"']],
    ['a wildcard twice', '"*.com"\n"*.com"', ['MS5105 line 9: "*.com"']],
    ['half a label', '"*foo.com"\nbarfoo.com', ['MS5105 line 9: barfoo.com']],
    ['all hosts and one', 'a.com\n"*"', ['MS5105 line 9: "*"']],
  ])('error: %s', (_, hosts, findings) => {
    expect(found(spec(hosts), code)).toEqual(findings);
  });

  it.each([
    ['different hosts', 'a.com\nb.com\nreviews'],
    ['a wildcard beside the domain itself', '"*.a.com"\na.com'],
    ['wildcards of different domains', '"*.a.com"\n"*.b.com"\n"*.ba.com"'],
    ['upper and lower case, as Istio compares', 'a.com\nA.com'],
    ['a short name and the full one', 'reviews\nreviews.bookinfo.svc.cluster.local'],
    ['one host', '"*"'],
  ])('fine: %s', (_, hosts) => {
    expect(found(spec(hosts), code)).toEqual([]);
  });

  it('says once that `*` is nothing for the mesh', () => {
    expect(checked(spec('"*"\na.com', 'gateways: [mesh]')).codes).toEqual(['MS5104']);
  });

  it('names the other host', () => {
    const [finding] = checked(spec('a.com\n"*.com"')).diagnostics;
    expect(finding?.message).toBe('VirtualService bookinfo/reviews has the hosts `a.com` and `*.com`, of which one covers the other');
    expect(finding?.related.map(({ message }) => message)).toEqual(['the other one is here']);
  });

  it('is quick with long lists', () => {
    const hosts = Array.from({ length: 2000 }, (_, i) => `host-${i}.example.com`);
    expect(found(spec([...hosts, '"*.example.org"', 'host-7.example.com'].join('\n')), code)).toHaveLength(1);
  });

  it('leads to the intent', () => {
    const external =
      'external: mesh\nhosts:\n  - "*.example.org"\n  - a.example.org\nresolution: NONE\nports: {tls: 443}\nvirtualService: true\n';
    expect(rendered(external).findings).toEqual(['MS5105 line 4']);
  });
});

import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, destinationRule, manifest } from '../../../support/checked.ts';

const only = ['MS5905'];
/** Seven lines, the destination on the seventh. */
const routed = (name: string, hosts: string, gateways: string, destination: string, namespace = 'bookinfo') =>
  manifest('VirtualService', name, `hosts: [${hosts}]\ngateways: [${gateways}]\nhttp: [{route: [${destination}]}]`, { namespace });
const ingress = (destination: string, gateways = 'gw', namespace?: string) => routed('ingress', '"*"', gateways, destination, namespace);
const mesh = (destination: string, hosts = 'reviews') => routed('reviews', hosts, 'mesh', destination);
const split = '{destination: {host: reviews, subset: v1}, weight: 90}, {destination: {host: reviews, subset: v2}, weight: 10}';
const bare = '{destination: {host: reviews}}';
const subsets = (...names: readonly string[]) =>
  destinationRule(`host: reviews\nsubsets: [${names.map((name) => `{name: ${name}, labels: {version: ${name}}}`).join(', ')}]`);
const codes = (...texts: readonly string[]) => checked(documents(...texts), { only }).codes;

describe('gateway-follows-the-mesh', () => {
  it('warning: the mesh divides what a gateway sends anywhere', () => {
    const { findings, diagnostics } = checked(documents(ingress(bare), mesh(split)), { only });
    expect(findings).toEqual(['MS5905 line 7']);
    expect(diagnostics[0]?.message).toBe(
      'VirtualService bookinfo/ingress leads from a gateway to reviews.bookinfo.svc.cluster.local without a subset, past the versions that VirtualService bookinfo/reviews chooses in the mesh',
    );
  });

  it('warning: by other spellings of the host, where IST0140 is silent', () => {
    expect(codes(ingress('{destination: {host: reviews.bookinfo.svc.cluster.local}}', 'gw', 'shop'), mesh(split))).toEqual(only);
  });

  it('warning: all to one version of two; fine where there is no other', () => {
    const one = '{destination: {host: reviews, subset: v1}}';
    expect(codes(ingress(bare), mesh(one), subsets('v1', 'v2'))).toEqual(only);
    expect(codes(ingress(bare), mesh(one), subsets('v1'))).toEqual([]);
    expect(codes(ingress(bare), mesh(one))).toEqual([]);
  });

  it.each([
    ['the gateway divides as well', ingress(split), mesh(split)],
    ['one VirtualService is for both, where IST0140 warns', ingress(bare, 'gw, mesh'), mesh(split)],
    ['the mesh chooses no version', ingress(bare), mesh(bare)],
    ['the mesh routes another host, where IST0140 looks at the first alone', ingress(bare), mesh(split, 'ratings')],
    ['another host', ingress('{destination: {host: ratings}}'), mesh(split)],
  ])('fine: %s', (_, gateway, sidecars) => {
    expect(codes(gateway, sidecars)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { checked, virtualService } from '../../../support/checked.ts';

const only = ['MS5854'];
const mesh = 'hosts: [a.com, b.com, c.com, "*.d.com"]';
const gateway = `${mesh}\ngateways: [gw]`;
const both = `${mesh}\ngateways: [gw, mesh]`;
/** The route of the first match is line 7, or 8 with gateways. */
const list = (head: string, matches: readonly string[]) =>
  virtualService(`${head}\ntls:\n${matches.map((match) => `- {match: [${match}], route: [{destination: {host: a.com}}]}`).join('\n')}`);
const outcomes = (head: string, ...matches: readonly string[]) =>
  checked(list(head, matches), { only }).diagnostics.map(({ message }) => message.slice(message.indexOf(': ') + 2));

const unused = ['no connection reaches it'];
const refused = ['sidecars refuse the listener that holds both'];

describe('server-name-once', () => {
  it.each<[string, string, readonly string[], readonly string[]]>([
    ['the same list in the mesh', mesh, ['{sniHosts: [a.com, b.com]}', '{sniHosts: [a.com, b.com]}'], unused],
    ['the same list at a gateway', gateway, ['{sniHosts: [a.com]}', '{sniHosts: [a.com]}'], unused],
    ['everywhere', both, ['{sniHosts: [a.com]}', '{sniHosts: [a.com]}'], unused],
    ['a part of a list', mesh, ['{sniHosts: [a.com, b.com]}', '{sniHosts: [b.com]}'], refused],
    ['another order', mesh, ['{sniHosts: [a.com, b.com]}', '{sniHosts: [b.com, a.com]}'], refused],
    [
      'one name of several at a gateway',
      gateway,
      ['{sniHosts: [a.com]}', '{sniHosts: [a.com, b.com, c.com]}'],
      ['gateways leave out the whole match, and have no route for b.com and c.com'],
    ],
    ['all names, of two matches', gateway, ['{sniHosts: [a.com]}', '{sniHosts: [b.com]}', '{sniHosts: [b.com, a.com]}'], unused],
    ['labels, which a gateway does not read', gateway, ['{sniHosts: [a.com], sourceLabels: {app: web}}', '{sniHosts: [a.com]}'], unused],
    [
      'subnets, which a gateway does not read',
      gateway,
      ['{sniHosts: [a.com], destinationSubnets: [10.0.0.0/8]}', '{sniHosts: [a.com]}'],
      unused,
    ],
    ['narrower in the mesh', mesh, ['{sniHosts: [a.com]}', '{sniHosts: [a.com], port: 443, sourceLabels: {app: web}}'], unused],
    [
      'one subnet of two',
      mesh,
      ['{sniHosts: [a.com], destinationSubnets: [10.0.0.0/8, 11.0.0.0/8]}', '{sniHosts: [a.com], destinationSubnets: [10.1.2.3/8]}'],
      refused,
    ],
    ['two ports together take one without', mesh, ['{sniHosts: [a.com], gateways: [mesh]}', '{sniHosts: [a.com], port: 1}'], unused],
    [
      'harm in the mesh, though of use at the gateway',
      both,
      ['{sniHosts: [a.com, b.com], gateways: [mesh]}', '{sniHosts: [a.com]}'],
      refused,
    ],
  ])('warning: %s', (_, head, matches, expected) => {
    expect(outcomes(head, ...matches)).toEqual(expected);
  });

  it.each<[string, string, readonly string[]]>([
    ['a name within a wildcard', mesh, ['{sniHosts: ["*.d.com"]}', '{sniHosts: [x.d.com]}']],
    ['another port', mesh, ['{sniHosts: [a.com], port: 443}', '{sniHosts: [a.com], port: 444}']],
    ['other callers', mesh, ['{sniHosts: [a.com], sourceLabels: {app: web}}', '{sniHosts: [a.com], sourceLabels: {app: db}}']],
    ['some callers, then all', mesh, ['{sniHosts: [a.com], sourceLabels: {app: web}}', '{sniHosts: [a.com]}']],
    ['one port at a gateway, then all', gateway, ['{sniHosts: [a.com], port: 443}', '{sniHosts: [a.com]}']],
    [
      'a longer subnet',
      mesh,
      ['{sniHosts: [a.com], destinationSubnets: [10.0.0.0/8]}', '{sniHosts: [a.com], destinationSubnets: [10.0.0.0/9]}'],
    ],
    ['the mesh and the gateway', both, ['{sniHosts: [a.com], gateways: [mesh]}', '{sniHosts: [a.com], gateways: [gw]}']],
    ['of use in the mesh alone', both, ['{sniHosts: [a.com], sourceLabels: {app: web}}', '{sniHosts: [a.com]}']],
  ])('fine: %s', (_, head, matches) => {
    expect(outcomes(head, ...matches)).toEqual([]);
  });

  // Istio leaves the second match out, and so knows nothing of b.com when it comes to the third.
  it('a match that is left out repeats nothing', () => {
    const matches = ['{sniHosts: [a.com]}', '{sniHosts: [a.com, b.com]}', '{sniHosts: [b.com]}'];
    expect(checked(list(gateway, matches), { only }).findings).toEqual(['MS5854 line 9']);
  });

  it('names the match, the names and where they are routed', () => {
    const text = list(mesh, ['{sniHosts: [a.com, b.com]}', '{sniHosts: [c.com, b.com]}']);
    const [finding] = checked(text, { only }).diagnostics;
    expect(finding?.message).toBe(
      'match 1 of route `tls[1]` of VirtualService bookinfo/reviews repeats b.com of `tls[0]`: sidecars refuse the listener that holds both',
    );
    const marked = [finding?.at, ...(finding?.related ?? []).map(({ at }) => at)];
    expect(marked.map((at) => [text.slice(at?.start, at?.end), text.slice(0, at?.start).split('\n').length])).toEqual([
      ['b.com', 8],
      ['b.com', 7],
    ]);
  });
});

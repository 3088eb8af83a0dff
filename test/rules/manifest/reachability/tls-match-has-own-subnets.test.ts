import { describe, expect, it } from 'vitest';
import { checked, virtualService } from '../../../support/checked.ts';

const only = ['MS5857'];
const list = (matches: readonly string[], head = 'hosts: [a.com, b.com]') =>
  virtualService(`${head}\ntls:\n${matches.map((match) => `- {match: [${match}], route: [{destination: {host: a.com}}]}`).join('\n')}`);
const some = '{sniHosts: [a.com], destinationSubnets: [10.0.0.0/8]}';

describe('tls-match-has-own-subnets', () => {
  it('warning: one without behind one with', () => {
    const { diagnostics, findings } = checked(list([some, '{sniHosts: [b.com]}']), { only });
    expect(findings).toEqual(['MS5857 line 8']);
    expect(diagnostics[0]?.message).toBe(
      'in sidecars match 1 of route `tls[1]` of VirtualService bookinfo/reviews holds only for 10.0.0.0/8, which `tls[0]` before it names',
    );
  });

  it('warning: also within one route, and of the last that names any', () => {
    const later = '{sniHosts: [c.com], destinationSubnets: [11.0.0.0/8]}';
    const [finding] = checked(list([`${some}, ${later}, {sniHosts: [b.com]}`], 'hosts: ["*.com"]'), { only }).diagnostics;
    expect(finding?.message).toContain('holds only for 11.0.0.0/8');
  });

  it.each([
    ['before it', ['{sniHosts: [b.com]}', some]],
    ['with its own', [some, '{sniHosts: [b.com], destinationSubnets: [0.0.0.0/0]}']],
    ['on another port', [some.replace('{', '{port: 1, '), '{sniHosts: [b.com], port: 2}']],
  ])('fine: %s', (_, matches) => {
    expect(checked(list(matches), { only }).findings).toEqual([]);
  });

  it('fine: at a gateway, which reads no subnets', () => {
    expect(checked(list([some, '{sniHosts: [b.com]}'], 'hosts: [a.com, b.com]\ngateways: [gw]'), { only }).findings).toEqual([]);
  });
});

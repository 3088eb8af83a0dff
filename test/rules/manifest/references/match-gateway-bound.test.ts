import { describe, expect, it } from 'vitest';
import { checked, virtualService } from '../../../support/checked.ts';

const asked = (gateways: string, match: string) =>
  checked(
    virtualService(
      `hosts: [a.example.com]\n${gateways}\nhttp: [{match: [{gateways: [${match}]}], route: [{destination: {host: reviews}}]}]`,
    ),
    { only: ['MS5715'] },
  );

describe('match-gateway-bound', () => {
  it.each([
    ['gateways: [gw]', 'gw'],
    ['gateways: [gw, mesh]', 'mesh, bookinfo/gw'],
    ['gateways: [./gw]', 'gw.bookinfo'],
    ['', 'mesh'],
  ])('fine: %s, asked for %s', (gateways, match) => {
    expect(asked(gateways, match).codes).toEqual([]);
  });

  it('warning: not among them', () => {
    expect(asked('gateways: [gw]', 'gw, mesh').diagnostics.map(({ message }) => message)).toEqual([
      'a route of VirtualService bookinfo/reviews asks for the gateway `mesh`, but the VirtualService is bound to `bookinfo/gw`',
    ]);
    expect(asked('', 'gw').findings).toEqual(['MS5715 line 7']);
  });

  it('looks at tls and tcp, and not at delegates, which their roots bind', () => {
    const l4 = virtualService(
      'hosts: [a.example.com]\ntls: [{match: [{sniHosts: [a.example.com], gateways: [x]}], route: [{destination: {host: r}}]}]\ntcp: [{match: [{gateways: [z]}], route: [{destination: {host: r}}]}]',
    );
    expect(checked(l4, { only: ['MS5715'] }).codes).toEqual(['MS5715', 'MS5715']);
    expect(
      checked(virtualService('http: [{match: [{gateways: [gw]}], route: [{destination: {host: r}}]}]'), { only: ['MS5715'] }).codes,
    ).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { checked, virtualService } from '../../../support/checked.ts';

const only = ['MS5855'];
const mesh = 'hosts: [db]';
const gateway = 'hosts: [db]\ngateways: [gw]';
const both = 'hosts: [db]\ngateways: [gw, mesh]';
/** '' = a route without a match. The first is on line 7, or 8 with gateways. */
const list = (head: string, matches: readonly string[]) =>
  virtualService(
    `${head}\ntcp:\n${matches.map((match) => `- {${match === '' ? '' : `match: [${match}], `}route: [{destination: {host: db}}]}`).join('\n')}`,
  );
const found = (head: string, ...matches: readonly string[]) => checked(list(head, matches), { only }).findings;

describe('reachable-tcp-route', () => {
  it.each<[string, readonly string[]]>([
    ['behind a route without a match', ['', '{port: 1}']],
    ['behind a match without subnets', ['{port: 1}', '{port: 1, destinationSubnets: [10.0.0.0/8]}']],
    ['behind two that take everything together', ['{port: 1}', '', '{port: 2}']],
    ['narrower callers', ['{sourceNamespace: web}', '{sourceNamespace: web, sourceLabels: {app: web}}']],
  ])('warning: %s', (_, matches) => {
    expect(found(mesh, ...matches)).toEqual([`MS5855 line ${6 + matches.length}`]);
  });

  it('warning: at a gateway the first for the port takes all, whatever else it says', () => {
    expect(found(gateway, '{port: 1, destinationSubnets: [10.0.0.0/8], sourceLabels: {app: web}}', '{port: 1}')).toEqual(['MS5855 line 9']);
  });

  it('warning: one match of two', () => {
    const text = list(mesh, ['{port: 1}', '{port: 1}, {port: 2}']);
    const [finding] = checked(text, { only }).diagnostics;
    expect(finding?.message).toBe(
      'no connection reaches match 1 of route `tcp[1]` of VirtualService bookinfo/reviews: `tcp[0]` takes them all',
    );
    expect(text.slice(finding?.at?.start, finding?.at?.end)).toBe('{port: 1}');
  });

  it.each<[string, string, readonly string[]]>([
    ['other ports', mesh, ['{port: 1}', '{port: 2}', '']],
    ['subnets before everything', mesh, ['{destinationSubnets: [10.0.0.0/8]}', '']],
    ['a wider subnet first', mesh, ['{destinationSubnets: [10.0.0.0/8]}', '{destinationSubnets: [10.1.0.0/16]}']],
    ['other callers', mesh, ['{sourceLabels: {app: web}}', '{sourceLabels: {app: db}}', '']],
    ['the mesh after the gateway', both, ['{gateways: [gw]}', '{port: 1}']],
    ['of use in the mesh alone', both, ['{destinationSubnets: [10.0.0.0/8]}', '']],
  ])('fine: %s', (_, head, matches) => {
    expect(found(head, ...matches)).toEqual([]);
  });
});

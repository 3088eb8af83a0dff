import { describe, expect, it } from 'vitest';
import { checked, virtualService } from '../../../support/checked.ts';

const only = ['MS5856'];
const list = (first: string, second: string, head = 'hosts: [db]') =>
  virtualService(
    `${head}\ntcp:\n${[first, second].map((match) => `- {match: [${match}], route: [{destination: {host: db}}]}`).join('\n')}`,
  );

describe('subnet-once', () => {
  it.each([
    ['the same', '{destinationSubnets: [10.0.0.0/8]}', '{destinationSubnets: [10.0.0.0/8]}'],
    ['one of two', '{destinationSubnets: [10.0.0.0/8, 11.0.0.0/8]}', '{destinationSubnets: [11.0.0.0/8], port: 1}'],
    ['by another of its addresses', '{destinationSubnets: [10.0.0.0/8]}', '{destinationSubnets: [10.9.9.9/8]}'],
    ['a single address', '{destinationSubnets: [10.0.0.1]}', '{destinationSubnets: [10.0.0.1/32]}'],
    ['of IPv6', '{destinationSubnets: ["2001:db8::/32"]}', '{destinationSubnets: ["2001:0db8:1::/32"]}'],
  ])('warning: %s', (_, first, second) => {
    expect(checked(list(first, second), { only }).findings).toEqual(['MS5856 line 8']);
  });

  it.each([
    ['a longer one within', '{destinationSubnets: [10.0.0.0/8]}', '{destinationSubnets: [10.0.0.0/9]}'],
    ['on another port', '{destinationSubnets: [10.0.0.0/8], port: 1}', '{destinationSubnets: [10.0.0.0/8], port: 2}'],
    [
      'for other callers',
      '{destinationSubnets: [10.0.0.0/8], sourceLabels: {app: web}}',
      '{destinationSubnets: [10.0.0.0/8], sourceLabels: {app: db}}',
    ],
    ['zeros of the other family', '{destinationSubnets: [0.0.0.0/8]}', '{destinationSubnets: ["::/8"]}'],
  ])('fine: %s', (_, first, second) => {
    expect(checked(list(first, second), { only }).findings).toEqual([]);
  });

  it('fine: at a gateway, which has one route for a port', () => {
    const same = '{destinationSubnets: [10.0.0.0/8]}';
    expect(checked(list(same, same, 'hosts: [db]\ngateways: [gw]'), { only }).findings).toEqual([]);
  });

  it('names the subnet and the route that has it', () => {
    const [finding] = checked(list('{destinationSubnets: [10.0.0.0/8]}', '{destinationSubnets: [11.0.0.0/8, 10.0.0.0/8]}'), {
      only,
    }).diagnostics;
    expect(finding?.message).toBe('match 1 of route `tcp[1]` of VirtualService bookinfo/reviews repeats 10.0.0.0/8 of `tcp[0]`');
  });
});

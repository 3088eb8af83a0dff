import { describe, expect, it } from 'vitest';
import { checked, virtualService } from '../../../support/checked.ts';

const only = ['MS5818'];
const routed = (one: string, other: string, list = 'http') =>
  virtualService(`hosts: [reviews]\n${list}:\n- route:\n  - {destination: {${one}\n  - {destination: {${other}`);
const findings = (one: string, other: string, list?: string) => checked(routed(one, other, list), { only }).findings;

describe('destination-once-per-route', () => {
  it.each([
    ['one subset', 'host: reviews, subset: v1}, weight: 90}', 'host: reviews, subset: v1}, weight: 10}', 'http'],
    ['one host, with an empty subset, which is none', 'host: reviews, subset: ""}, weight: 90}', 'host: reviews}, weight: 10}', 'http'],
    ['one host', 'host: reviews}, weight: 90}', 'host: reviews}, weight: 10}', 'http'],
    ['one port', 'host: reviews, port: {number: 80}}, weight: 90}', 'host: reviews, port: {number: 80}}, weight: 10}', 'tcp'],
  ])('warning: %s', (_, one, other, list) => {
    expect(findings(one, other, list)).toEqual(['MS5818 line 9']);
  });

  it.each([
    ['two subsets', 'host: reviews, subset: v1}, weight: 90}', 'host: reviews, subset: v2}, weight: 10}'],
    [
      'two ports, where KIA1105 warns',
      'host: reviews, port: {number: 80}}, weight: 90}',
      'host: reviews, port: {number: 81}}, weight: 10}',
    ],
    [
      'headers that tell the shares apart',
      'host: reviews}, weight: 90}',
      'host: reviews}, weight: 10, headers: {request: {set: {x-group: b}}}}',
    ],
  ])('fine: %s', (_, one, other) => {
    expect(findings(one, other)).toEqual([]);
  });

  it('fine: in two routes, and as a mirror', () => {
    const to = 'route: [{destination: {host: reviews, subset: v1}}]';
    expect(
      checked(
        virtualService(`hosts: [reviews]\nhttp:\n- match: [{uri: {prefix: /a}}]\n  ${to}\n- ${to}\n  mirror: {host: reviews, subset: v1}`),
        { only },
      ).findings,
    ).toEqual([]);
  });
});

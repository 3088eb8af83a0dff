import { describe, expect, it } from 'vitest';
import { reviews } from '../../../support/builders.ts';
import { rendered } from '../../../support/rendered.ts';
import { found, routed } from './found.ts';

const code = 'MS5114';
const both = 'route: [{destination: {host: a}}]\n  mirror: {host: b}\n  mirrors: [{destination: {host: c}}]';

describe('mirror-or-mirrors', () => {
  it('error: both', () => {
    expect(found(routed(both), code)).toEqual(['MS5114 line 8: mirror']);
    expect(found(routed(both), code, '1.20')).toHaveLength(1);
    expect(found(routed(both), code, '1.19')).toEqual([]);
  });

  it.each([
    'route: [{destination: {host: a}}]\n  mirror: {host: b}',
    'route: [{destination: {host: a}}]\n  mirror: {host: b}\n  mirrors: []',
    'route: [{destination: {host: a}}]\n  mirrors: [{destination: {host: b}}, {destination: {host: c}}]',
    'delegate: {name: a}\n  mirror: {host: b}\n  mirrors: [{destination: {host: c}}]',
  ])('fine: %s', (route) => {
    expect(found(routed(route), code)).toEqual([]);
  });

  it('leads to the intent', () => {
    expect(rendered(`${reviews}mirror: v2\nmirrors: [{destination: {host: shadow}}]\n`).findings).toEqual(['MS5114 line 5']);
  });
});

import { describe, expect, it } from 'vitest';
import { marked, sidecarOf } from '../../../support/listeners.ts';

const all = '{hosts: ["./*"]}';
const port = (number: number) => `{port: {number: ${number}, protocol: HTTP, name: http}, hosts: ["./*"]}`;
const check = (...listeners: readonly string[]) =>
  marked(sidecarOf(['egress:', ...listeners.map((one) => `- ${one}`)].join('\n')), { only: ['MS5510'] });

describe('portless-egress-comes-last', () => {
  it('error: another follows, with a port or without', () => {
    expect(check(all, port(80))).toEqual([`MS5510 line 6: ${all}`]);
    expect(check(port(80), all, port(81))).toEqual([`MS5510 line 7: ${all}`]);
    expect(check(all, all, all)).toEqual([`MS5510 line 6: ${all}`, `MS5510 line 7: ${all}`]);
  });

  it('fine: alone, last, or none', () => {
    expect(check(all)).toEqual([]);
    expect(check(port(80), port(81), all)).toEqual([]);
    expect(check(port(80), port(81))).toEqual([]);
  });
});

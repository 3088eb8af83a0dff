import { describe, expect, it } from 'vitest';
import { checked, virtualService } from '../../../support/checked.ts';

const only = ['MS5906'];
const findings = (entries: string, list = 'http') =>
  checked(virtualService(`hosts: [reviews]\n${list}: [{route: [${entries}]}]`), { only }).findings;
const to = (weight: string) => `{destination: {host: reviews}${weight}}`;

describe('lone-destination-takes-all', () => {
  it.each([['99'], ['1'], ['0']])('warning: a weight of %s, which is not read', (weight) => {
    expect(findings(to(`, weight: ${weight}`))).toEqual(['MS5906 line 6']);
    expect(findings(to(`, weight: ${weight}`), 'tcp')).toEqual(['MS5906 line 6']);
  });

  it('fine: 100, more, none, or two destinations', () => {
    expect(findings(to(', weight: 100'))).toEqual([]);
    expect(findings(to(', weight: 101'))).toEqual([]);
    expect(findings(to(''))).toEqual([]);
    expect(findings(`${to(', weight: 60')}, ${to(', weight: 40')}`)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { checked, virtualService } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';

const only = ['MS5902'];
const delay = (time: string) => `delay: {fixedDelay: ${time}, percentage: {value: 100}}`;
const abort = 'abort: {httpStatus: 503, percentage: {value: 100}}';

/** The words stand from line 7 on. */
const findings = (fault: string, words: string) =>
  checked(virtualService(`hosts: [ratings]\nhttp:\n- ${words}\n  fault: {${fault}}\n  route: [{destination: {host: ratings}}]`), { only })
    .findings;

describe('fault-apart-from-timeout', () => {
  it('warning: a delay that the timeout should cut, an abort that retries should mend', () => {
    expect(findings(delay('7s'), 'timeout: 2s')).toEqual(['MS5902 line 7']);
    expect(findings(delay('2s'), 'timeout: 2000ms')).toEqual(['MS5902 line 7']);
    expect(findings(abort, 'retries: {attempts: 3}')).toEqual(['MS5902 line 7']);
  });

  it.each([
    ['a delay below the timeout', delay('1s'), 'timeout: 2s'],
    ['a delay with retries', delay('1s'), 'retries: {attempts: 3}'],
    ['an abort with a timeout', abort, 'timeout: 2s'],
    ['an abort without retries', abort, 'retries: {attempts: 0}'],
    ['a fault that is switched off', 'delay: {fixedDelay: 7s, percentage: {value: 0}}', 'timeout: 2s'],
  ])('fine: %s', (_, fault, words) => {
    expect(findings(fault, words)).toEqual([]);
  });

  it("fine: a service's own timeout beside the fault of a pin", () => {
    const intent = `service: ratings\nport: 9080\ntimeout: 2s\nversions: [v1]\nstable: v1\npins: [{user: jason, version: v1, fault: {${delay('7s')}}}]\n`;
    expect(rendered(intent).codes).toEqual([]);
  });
});

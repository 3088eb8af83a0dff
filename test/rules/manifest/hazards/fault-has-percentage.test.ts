import { describe, expect, it } from 'vitest';
import { checked, virtualService } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';

const only = ['MS5900'];

/** The fault's parts stand from line 8 on. */
const faulty = (...fault: readonly string[]) =>
  virtualService(
    `hosts: [ratings]\nhttp:\n- fault:\n${fault.map((line) => `    ${line}\n`).join('')}  match: [{headers: {end-user: {exact: jason}}}]\n  route: [{destination: {host: ratings}}]`,
  );

describe('fault-has-percentage', () => {
  it.each([
    ['an abort', ['abort: {httpStatus: 500}'], ['MS5900 line 8']],
    ['a delay', ['delay: {fixedDelay: 7s}'], ['MS5900 line 8']],
    ['both', ['abort: {httpStatus: 500}', 'delay: {fixedDelay: 7s}'], ['MS5900 line 8', 'MS5900 line 9']],
    ['an empty one', ['abort: {httpStatus: 500, percentage: {}}'], ['MS5900 line 8']],
    ['one of two', ['abort: {httpStatus: 500, percentage: {value: 1}}', 'delay: {fixedDelay: 7s}'], ['MS5900 line 9']],
  ])('warning: %s without', (_, fault, findings) => {
    expect(checked(faulty(...fault), { only }).findings).toEqual(findings);
  });

  it.each([
    ['a percentage', 'abort: {httpStatus: 500, percentage: {value: 0.1}}'],
    ['none, on purpose', 'abort: {httpStatus: 500, percentage: {value: 0}}'],
    ['the old whole number', 'delay: {fixedDelay: 7s, percent: 10}'],
  ])('fine: %s', (_, fault) => {
    expect(checked(faulty(fault), { only }).findings).toEqual([]);
  });

  it('leads to the intent', () => {
    const pin =
      'service: ratings\nport: 9080\nversions: [v1]\nstable: v1\npins:\n  - user: jason\n    version: v1\n    fault: {abort: {httpStatus: 500}}\n';
    expect(rendered(pin).findings).toEqual(['MS5900 line 8']);
  });
});

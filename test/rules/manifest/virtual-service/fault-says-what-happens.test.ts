import { describe, expect, it } from 'vitest';
import { reviews } from '../../../support/builders.ts';
import { rendered } from '../../../support/rendered.ts';
import { found, routed } from './found.ts';

const code = 'MS5121';
const failing = (fault: string) => routed(`route: [{destination: {host: a}}]\n  fault: ${fault}`);

describe('fault-says-what-happens', () => {
  it.each([
    ['{abort: {}}', ['MS5121 line 8: abort']],
    ['{abort: {percentage: {value: 10}}}', ['MS5121 line 8: abort']],
    ['{delay: {}}', ['MS5121 line 8: delay']],
    ['{delay: {percentage: {value: 10}}}', ['MS5121 line 8: delay']],
    ['{delay: {percent: 10}}', ['MS5121 line 8: delay']],
    ['{abort: {}, delay: {}}', ['MS5121 line 8: abort', 'MS5121 line 8: delay']],
    ['{abort: {httpStatus: 500}, delay: {percentage: {value: 10}}}', ['MS5121 line 8: delay']],
  ])('warning: %s', (fault, findings) => {
    expect(found(failing(fault), code)).toEqual(findings);
  });

  it.each(['{abort: {httpStatus: 500}}', '{abort: {grpcStatus: OK}, delay: {fixedDelay: 1s}}', '{delay: {fixedDelay: 1s}}'])(
    'fine: %s',
    (fault) => {
      expect(found(failing(fault), code)).toEqual([]);
    },
  );

  it('leads to the intent', () => {
    expect(rendered(`${reviews}fault:\n  delay: {percentage: {value: 10}}\n`).findings).toEqual(['MS5121 line 6']);
  });
});

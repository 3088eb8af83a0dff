import { describe, expect, it } from 'vitest';
import { rendered } from '../../../support/rendered.ts';
import { everywhere, inEveryPlace } from './policy-places.ts';

const detection = (words: string) => `outlierDetection:\n  ${words}`;

describe('split-local-errors', () => {
  it('error: a limit, and nothing split', () => {
    expect(everywhere(detection('consecutiveLocalOriginFailures: 1'))).toEqual(inEveryPlace('MS5203', 1));
    const off = detection('consecutiveLocalOriginFailures: 4294967295\n  splitExternalLocalOriginErrors: false');
    expect(everywhere(off)).toEqual(inEveryPlace('MS5203', 1));
  });

  it('fine: split, or no limit', () => {
    expect(everywhere(detection('consecutiveLocalOriginFailures: 1\n  splitExternalLocalOriginErrors: true'))).toEqual([]);
    expect(everywhere(detection('consecutiveLocalOriginFailures: 0'))).toEqual([]);
    expect(everywhere('outlierDetection: {}')).toEqual([]);
  });

  it('leads to the line of the intent', () => {
    const intent = 'service: reviews\nport: 9080\nversions: {v1: {outlierDetection: {consecutiveLocalOriginFailures: 3}}}\n';
    expect(rendered(intent).findings).toEqual(['MS5203 line 3']);
  });
});

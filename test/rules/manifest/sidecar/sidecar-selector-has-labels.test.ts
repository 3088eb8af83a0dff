import { describe, expect, it } from 'vitest';
import { marked, sidecarOf } from '../../../support/listeners.ts';

const check = (selector: string) => marked(sidecarOf(`${selector}egress: [{hosts: ["./*"]}]`), { only: ['MS5502'] });

describe('sidecar-selector-has-labels', () => {
  it.each(['workloadSelector: {}\n', 'workloadSelector: {labels: {}}\n'])('warning: %s', (selector) => {
    expect(check(selector)).toEqual(['MS5502 line 5: workloadSelector']);
  });

  it('fine: labels, or no selector', () => {
    expect(check('workloadSelector: {labels: {app: reviews}}\n')).toEqual([]);
    expect(check('')).toEqual([]);
  });
});

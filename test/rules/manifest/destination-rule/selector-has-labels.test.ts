import { describe, expect, it } from 'vitest';
import { checked, destinationRule } from '../../../support/checked.ts';

const found = (selector: string) => checked(destinationRule(`host: reviews\nworkloadSelector: ${selector}`)).findings;

describe('selector-has-labels', () => {
  it.each(['{}', '{matchLabels: {}}'])('warning: %s', (selector) => {
    expect(found(selector)).toEqual(['MS5219 line 6']);
  });

  it('fine: a label', () => {
    expect(found('{matchLabels: {app: productpage}}')).toEqual([]);
  });
});

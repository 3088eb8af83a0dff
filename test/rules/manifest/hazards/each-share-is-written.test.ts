import { describe, expect, it } from 'vitest';
import { checked, virtualService } from '../../../support/checked.ts';

const only = ['MS5908'];
const divided = (...entries: readonly string[]) =>
  checked(
    virtualService(
      `hosts: [reviews]\nhttp:\n- route:\n${entries.map((entry) => `  - {destination: {host: reviews, subset: v1}${entry}}\n`).join('')}`,
    ),
    { only },
  ).findings;

describe('each-share-is-written', () => {
  it('warning: no weight beside one, which is not the rest', () => {
    expect(divided(', weight: 90', '')).toEqual(['MS5908 line 9']);
    expect(divided('', ', weight: 100', '')).toEqual(['MS5908 line 8', 'MS5908 line 10']);
  });

  it('fine: each has one, 0 as well; there is only one; none has any, which is refused elsewhere', () => {
    expect(divided(', weight: 90', ', weight: 10')).toEqual([]);
    expect(divided(', weight: 100', ', weight: 0')).toEqual([]);
    expect(divided('')).toEqual([]);
    expect(divided('', '')).toEqual([]);
  });
});

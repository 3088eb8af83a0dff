import { describe, expect, it } from 'vitest';
import { checked, destinationRule } from '../../../support/checked.ts';

const selector = 'workloadSelector: {matchLabels: {app: productpage}}';
const found = (list: string) => checked(destinationRule(`host: reviews\n${selector}\nexportTo: ${list}`)).findings;

describe('selected-rule-stays-home', () => {
  it.each(['["*"]', '[shop]', '[., shop]', '[bookinfo, shop]', '[Bookinfo]'])('error: %s', (list) => {
    expect(found(list)).toEqual(['MS5019 line 7']);
  });

  it.each(['[]', '[.]', '[bookinfo]'])('fine: %s', (list) => {
    expect(found(list)).toEqual([]);
  });

  it('fine: a rule for all workloads', () => {
    expect(checked(destinationRule('host: reviews\nexportTo: [shop]')).findings).toEqual([]);
  });

  it('fine: one name, where nobody says which namespace it is in', () => {
    const text = (list: string) =>
      `apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {name: a}\nspec: {host: a, ${selector}, exportTo: ${list}}\n`;
    expect(checked(text('[shop]')).findings).toEqual([]);
    expect(checked(text('["*"]')).findings).toEqual(['MS5019 line 4']);
    expect(checked(text('[shop, other]')).findings).toEqual(['MS5019 line 4']);
  });
});

import { describe, expect, it } from 'vitest';
import { checked, destinationRule, manifest } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';

const rule = (list: string) => checked(destinationRule(`host: reviews\nexportTo: ${list}`)).findings;
const entry = (list: string) =>
  checked(
    manifest(
      'ServiceEntry',
      'api',
      `exportTo: ${list}\nhosts: [api.example.com]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: DNS`,
    ),
  ).findings;

describe('exported-to-all-or-some', () => {
  it.each(['["*", .]', '[., "*"]', '[shop, "*", other]'])('error: %s', (list) => {
    expect(rule(list)).toEqual(['MS5018 line 6']);
    expect(entry(list)).toEqual(['MS5018 line 5']);
  });

  it.each(['["~", .]', '[shop, "~"]', '["~", "*"]'])('error for a ServiceEntry: %s', (list) => {
    expect(entry(list)).toEqual(['MS5018 line 5']);
  });

  it.each(['["*"]', '[., shop]', '[]'])('fine: %s', (list) => {
    expect(rule(list)).toEqual([]);
    expect(entry(list)).toEqual([]);
  });

  it('fine: a ServiceEntry for nobody', () => {
    expect(entry('["~"]')).toEqual([]);
  });

  it('leads to the line of the intent', () => {
    const found = rendered('service: reviews\nport: 9080\nversions: [v1]\nexportTo:\n- "*"\n- shop\n').findings;
    expect(new Set(found)).toEqual(new Set(['MS5018 line 5']));
  });
});

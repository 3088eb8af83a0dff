import { describe, expect, it } from 'vitest';
import { checked, manifest } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';

const serviceEntry = (spec: string) => manifest('ServiceEntry', 'ratings', spec);
const only = ['MS5420'];

describe('no-partial-wildcard-hosts', () => {
  it.each([
    ['a suffix of a label', serviceEntry('hosts:\n  - "*.example.com"\n  - "*a.example.com"'), ['MS5420 line 7']],
    ['with a hyphen', serviceEntry('hosts: ["*-a.example.com"]'), ['MS5420 line 5']],
  ])('warning: %s', (_, text, findings) => {
    expect(checked(text, { only }).findings).toEqual(findings);
  });

  it.each([
    ['whole labels', serviceEntry('hosts: ["*.example.com", "*.com", a.example.com]')],
    ['DYNAMIC_DNS', serviceEntry('resolution: DYNAMIC_DNS\nhosts: ["*a.example.com"]')],
  ])('fine: %s', (_, text) => {
    expect(checked(text, { only }).findings).toEqual([]);
  });

  it('points at the intent', () => {
    expect(rendered('external: books\nhosts: ["*a.example.com"]\nports: {https: 443}\nresolution: NONE\n').findings).toEqual([
      'MS5420 line 2',
    ]);
  });
});

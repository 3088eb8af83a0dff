import { describe, expect, it } from 'vitest';
import { checked, manifest } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';

const serviceEntry = (spec: string) => manifest('ServiceEntry', 'ratings', spec);
const only = ['MS5404'];

describe('looked-up-hosts-are-names', () => {
  it.each([
    ['DNS', serviceEntry('hosts:\n  - a.example.com\n  - "*.example.com"\nresolution: DNS'), ['MS5404 line 7']],
    ['DNS_ROUND_ROBIN', serviceEntry('hosts: ["*.example.com"]\nresolution: DNS_ROUND_ROBIN'), ['MS5404 line 5']],
    ['an empty list of endpoints is none', serviceEntry('hosts: ["*.example.com"]\nresolution: DNS\nendpoints: []'), ['MS5404 line 5']],
    ['part of a label', serviceEntry('hosts: ["*a.example.com"]\nresolution: DNS'), ['MS5404 line 5']],
  ])('error: %s', (_, text, findings) => {
    expect(checked(text, { only }).findings).toEqual(findings);
  });

  it.each([
    ['names', serviceEntry('hosts: [a.example.com, short, a.example.com.]\nresolution: DNS')],
    ['endpoints serve the wildcard', serviceEntry('hosts: ["*.example.com"]\nresolution: DNS\nendpoints: [{address: b.example.com}]')],
    ['NONE', serviceEntry('hosts: ["*.example.com"]\nresolution: NONE')],
    ['STATIC', serviceEntry('hosts: ["*.example.com"]\nresolution: STATIC')],
    ['DYNAMIC_DNS', serviceEntry('hosts: ["*.example.com"]\nresolution: DYNAMIC_DNS')],
  ])('fine: %s', (_, text) => {
    expect(checked(text, { only }).findings).toEqual([]);
  });

  it('points at the intent', () => {
    expect(rendered('external: books\nhosts: ["*.example.com"]\nports: {https: 443}\nresolution: DNS\n').findings).toEqual([
      'MS5404 line 2',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { checked, manifest } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';

const serviceEntry = (spec: string) => manifest('ServiceEntry', 'ratings', spec);
const only = ['MS5411'];

describe('dynamic-hosts-are-wildcards', () => {
  it.each([
    [
      'a name',
      serviceEntry(
        'ports: [{number: 443, name: tls, protocol: TLS}]\nresolution: DYNAMIC_DNS\nhosts:\n  - "*.example.com"\n  - a.example.com',
      ),
      ['MS5411 line 9'],
    ],
  ])('error: %s', (_, text, findings) => {
    expect(checked(text, { only }).findings).toEqual(findings);
  });

  it.each([
    [
      'wildcards, of part of a label as well',
      serviceEntry(
        'ports: [{number: 443, name: tls, protocol: TLS}]\nresolution: DYNAMIC_DNS\nhosts: ["*.example.com", "*.com", "*a.example.org"]',
      ),
    ],
    [
      'a name with another resolution',
      serviceEntry('ports: [{number: 443, name: tls, protocol: TLS}]\nresolution: DNS\nhosts: [a.example.com]'),
    ],
  ])('fine: %s', (_, text) => {
    expect(checked(text, { only }).findings).toEqual([]);
  });

  it('points at the intent', () => {
    expect(rendered('external: books\nhosts: [books.example.com]\nports: {tls: 443}\nresolution: DYNAMIC_DNS\n').findings).toEqual([
      'MS5411 line 2',
    ]);
  });
});

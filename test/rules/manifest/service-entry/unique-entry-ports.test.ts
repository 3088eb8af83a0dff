import { describe, expect, it } from 'vitest';
import { checked, manifest } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';

const serviceEntry = (spec: string) => manifest('ServiceEntry', 'ratings', spec);
const only = ['MS5415'];

describe('unique-entry-ports', () => {
  it.each([
    ['one number', serviceEntry('hosts: [a.b]\nports:\n  - {number: 80, name: a}\n  - {number: 80, name: b}'), ['MS5415 line 8']],
    ['one name', serviceEntry('hosts: [a.b]\nports:\n  - {number: 80, name: a}\n  - {number: 81, name: a}'), ['MS5415 line 8']],
    [
      'three of one number and name',
      serviceEntry('hosts: [a.b]\nports:\n  - {number: 80, name: a}\n  - {number: 80, name: b}\n  - {number: 80, name: c}'),
      ['MS5415 line 8', 'MS5415 line 9'],
    ],
  ])('error: %s', (_, text, findings) => {
    expect(checked(text, { only }).findings).toEqual(findings);
  });

  it.each([
    ['other capitals', serviceEntry('hosts: [a.b]\nports: [{number: 80, name: a}, {number: 81, name: A}]')],
    ['no ports', serviceEntry('hosts: [a.b]\nresolution: NONE')],
  ])('fine: %s', (_, text) => {
    expect(checked(text, { only }).findings).toEqual([]);
  });

  it('shows the first of them', () => {
    const [finding] = checked(serviceEntry('hosts: [a.b]\nports: [{number: 80, name: a}, {number: 81, name: a}]'), { only }).diagnostics;
    expect([finding?.message, finding?.related.map(({ message }) => message)]).toEqual([
      'two ports of ServiceEntry bookinfo/ratings have the name `a`',
      ['the first of them'],
    ]);
  });

  it('points at the intent', () => {
    expect(rendered('external: books\nhosts: [books.example.com]\nports:\n  80: {name: http}\n  81: {name: http}\n').findings).toEqual([
      'MS5415 line 5',
    ]);
  });
});

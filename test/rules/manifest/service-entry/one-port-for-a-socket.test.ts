import { describe, expect, it } from 'vitest';
import { checked, manifest } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';

const serviceEntry = (spec: string) => manifest('ServiceEntry', 'ratings', spec);
const only = ['MS5407'];

describe('one-port-for-a-socket', () => {
  it.each([
    [
      'two ports',
      serviceEntry(
        'hosts: [a.example.com]\nresolution: STATIC\nports: [{number: 80, name: http}, {number: 81, name: other}]\nendpoints:\n  - address: 1.1.1.1\n  - address: "unix:///a"',
      ),
      ['MS5407 line 10'],
    ],
    ['no port', serviceEntry('hosts: [a.example.com]\nresolution: STATIC\nendpoints: [{address: "unix://@a"}]'), ['MS5407 line 7']],
  ])('error: %s', (_, text, findings) => {
    expect(checked(text, { only }).findings).toEqual(findings);
  });

  it.each([
    [
      'one port',
      serviceEntry('hosts: [a.example.com]\nresolution: STATIC\nports: [{number: 80, name: http}]\nendpoints: [{address: "unix:///a"}]'),
    ],
    [
      'two ports for addresses',
      serviceEntry(
        'hosts: [a.example.com]\nresolution: STATIC\nports: [{number: 80, name: http}, {number: 81, name: other}]\nendpoints: [{address: 1.1.1.1}]',
      ),
    ],
  ])('fine: %s', (_, text) => {
    expect(checked(text, { only }).findings).toEqual([]);
  });

  it('says what is wrong', () => {
    expect(
      checked(serviceEntry('hosts: [a.b]\nresolution: STATIC\nendpoints: [{address: "unix:///a"}]'), { only }).diagnostics[0]?.message,
    ).toBe('ServiceEntry bookinfo/ratings has the endpoint `unix:///a` and no port; a socket serves one');
  });

  it('points at the intent', () => {
    expect(
      rendered(
        'external: books\nhosts: [books.example.com]\nports: {http: 80, https: 443}\nresolution: STATIC\nendpoints:\n  - address: unix:///a\n',
      ).findings,
    ).toEqual(['MS5407 line 6']);
  });
});

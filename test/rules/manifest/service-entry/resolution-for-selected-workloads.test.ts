import { describe, expect, it } from 'vitest';
import { checked, manifest } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';

const serviceEntry = (spec: string) => manifest('ServiceEntry', 'ratings', spec);
const only = ['MS5402'];

describe('resolution-for-selected-workloads', () => {
  it.each([
    [
      'NONE is written',
      serviceEntry(
        'hosts: [a.example.com]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: NONE\nworkloadSelector: {labels: {app: a}}',
      ),
      ['MS5402 line 8'],
    ],
    [
      'NONE is the default',
      serviceEntry('hosts: [a.example.com]\nports: [{number: 443, name: tls, protocol: TLS}]\nworkloadSelector: {labels: {app: a}}'),
      ['MS5402 line 7'],
    ],
  ])('warning: %s', (_, text, findings) => {
    expect(checked(text, { only }).findings).toEqual(findings);
  });

  it.each([
    [
      'STATIC',
      serviceEntry(
        'hosts: [a.example.com]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: STATIC\nworkloadSelector: {labels: {app: a}}',
      ),
    ],
    [
      'DNS',
      serviceEntry(
        'hosts: [a.example.com]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: DNS\nworkloadSelector: {labels: {app: a}}',
      ),
    ],
    ['no selector', serviceEntry('hosts: [a.example.com]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: NONE')],
  ])('fine: %s', (_, text) => {
    expect(checked(text, { only }).findings).toEqual([]);
  });

  it('points at the intent', () => {
    expect(
      rendered('external: books\nhosts: [books.example.com]\nports: {https: 443}\nresolution: NONE\nworkloadSelector: {labels: {app: a}}\n')
        .findings,
    ).toEqual(['MS5402 line 5']);
  });
});

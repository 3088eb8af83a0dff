import { describe, expect, it } from 'vitest';
import { checked, manifest } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';

const serviceEntry = (spec: string) => manifest('ServiceEntry', 'ratings', spec);
const only = ['MS5421'];

describe('entry-selector-has-labels', () => {
  it.each([
    ['nothing', serviceEntry('hosts: [a.b]\nresolution: STATIC\nworkloadSelector: {}'), ['MS5421 line 7']],
    ['no labels', serviceEntry('hosts: [a.b]\nresolution: STATIC\nworkloadSelector:\n  labels: {}'), ['MS5421 line 7']],
  ])('warning: %s', (_, text, findings) => {
    expect(checked(text, { only }).findings).toEqual(findings);
  });

  it.each([
    ['labels', serviceEntry('hosts: [a.b]\nresolution: STATIC\nworkloadSelector: {labels: {app: a}}')],
    ['no selector', serviceEntry('hosts: [a.b]\nresolution: STATIC\nlocation: MESH_INTERNAL')],
  ])('fine: %s', (_, text) => {
    expect(checked(text, { only }).findings).toEqual([]);
  });

  it('points at the intent', () => {
    expect(
      rendered('external: books\nhosts: [books.example.com]\nports: {http: 80}\nresolution: STATIC\nworkloadSelector: {labels: {}}\n')
        .findings,
    ).toEqual(['MS5421 line 5']);
  });
});

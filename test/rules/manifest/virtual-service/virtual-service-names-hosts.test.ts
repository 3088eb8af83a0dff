import { describe, expect, it } from 'vitest';
import { virtualService } from '../../../support/checked.ts';
import { found } from './found.ts';

const code = 'MS5100';
const delegate = virtualService('http: [{route: [{destination: {host: reviews}}]}]');

describe('virtual-service-names-hosts', () => {
  it('error: no hosts where the mesh knows no delegates', () => {
    expect(found(delegate, code, '1.7')).toEqual(['MS5100 line 4: spec']);
    expect(found(virtualService('hosts: []\ntcp: [{route: [{destination: {host: reviews}}]}]'), code, '1.0')).toEqual([
      'MS5100 line 4: spec',
    ]);
  });

  it('fine: hosts, or a mesh with delegates', () => {
    expect(found(delegate, code, '1.8')).toEqual([]);
    expect(found(virtualService('hosts: [reviews]\nhttp: [{route: [{destination: {host: reviews}}]}]'), code, '1.7')).toEqual([]);
  });
});

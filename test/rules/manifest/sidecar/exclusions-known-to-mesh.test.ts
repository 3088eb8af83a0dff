import { describe, expect, it } from 'vitest';
import { marked, sidecarOf } from '../../../support/listeners.ts';

const check = (istio: string, hosts: string) => marked(sidecarOf(`egress: [{hosts: [${hosts}]}]`), { only: ['MS5513'], istio });

describe('exclusions-known-to-mesh', () => {
  it('error up to 1.30: an excluded namespace', () => {
    expect(check('1.30', '"*/*", "~prod/*"')).toEqual(['MS5513 line 5: "~prod/*"']);
    expect(check('1.31', '"*/*", "~prod/*"')).toEqual([]);
  });

  it('fine: no namespace at all, which is old', () => {
    expect(check('1.30', '"~/*"')).toEqual([]);
  });
});

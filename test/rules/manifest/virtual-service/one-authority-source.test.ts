import { describe, expect, it } from 'vitest';
import { rendered } from '../../../support/rendered.ts';

const service = (words: string) => `service: reviews\nport: 9080\nversions: [v1]\nstable: v1\n${words}\n`;
const byHeader = 'headers: {request: {set: {Host: shop.example.com}}}';

describe('one-authority-source', () => {
  it('error: a rewrite of the service and a header of one route', () => {
    const { findings } = rendered(service(`rewrite: {authority: a.example.com}\nroutes: [{match: {uri: {prefix: /x}}, ${byHeader}}]`));
    expect(findings).toEqual(['MS5004 line 6']);
  });

  it('fine: one of them, or the inherited one switched off', () => {
    expect(rendered(service(byHeader)).codes).toEqual([]);
    expect(rendered(service('rewrite: {authority: a.example.com}')).codes).toEqual([]);
    const off = service(`rewrite: {authority: a.example.com}\nroutes: [{match: {uri: {prefix: /x}}, rewrite: null, ${byHeader}}]`);
    expect(rendered(off).codes).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { httpGateway, reviews } from '../../support/builders.ts';
import { rendered } from '../../support/rendered.ts';

const options = { environment: 'user: {claim: sub}' };
const claim = '{headers: {"@request.auth.claims.sub": {exact: x}}}';

describe('claims-reach-a-gateway', () => {
  it.each([
    ['a pinned user', 'pins: [{user: jason, version: v2}]\n'],
    ['a pinned claim', `pins: [{match: ${claim}, version: v2}]\n`],
    ['a route by claim', `routes: [{match: ${claim}, to: v2}]\n`],
  ])('warning: %s of a service that no gateway leads to', (_, words) => {
    const result = rendered(reviews + words, options);
    expect([result.ok, result.findings]).toEqual([true, ['MS3005 line 5']]);
  });

  it('fine: exposed on a gateway', () => {
    const words = `pins: [{user: jason, version: v2}]\nexpose: [{gateway: gw, hosts: [a.b]}]\n${httpGateway}`;
    expect(rendered(reviews + words, options).findings).toEqual([]);
  });
});

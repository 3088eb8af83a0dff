import { describe, expect, it } from 'vitest';
import { checked, virtualService } from '../../../support/checked.ts';
import { found } from './found.ts';

const code = 'MS5110';
const asking = (claim: string, head: string, key = 'headers') =>
  virtualService(
    `${head}\nhttp:\n- match:\n  - uri: {prefix: /a}\n    ${key}:\n      "${claim}": {exact: a}\n  route: [{destination: {host: reviews}}]`,
  );
const sub = '@request.auth.claims.sub';

describe('claims-at-gateways-alone', () => {
  it.each([sub, '@request.auth.claims[a][b]', '@Request.Auth.Claims.groups'])('error: %s in the mesh', (claim) => {
    expect(found(asking(claim, 'hosts: [reviews]'), code)).toEqual([`MS5110 line 10: "${claim}"`]);
    expect(found(asking(claim, 'hosts: [reviews]', 'withoutHeaders'), code)).toEqual([`MS5110 line 10: "${claim}"`]);
  });

  it('error: `mesh` among gateways, from 1.24', () => {
    expect(found(asking(sub, 'hosts: [reviews]\ngateways: [gw, mesh]'), code, '1.24')).toHaveLength(1);
    expect(found(asking(sub, 'hosts: [reviews]\ngateways: [gw, mesh]'), code, '1.23')).toEqual([]);
    expect(found(asking(sub, 'hosts: [reviews]\ngateways: [mesh]'), code, '1.23')).toHaveLength(1);
    expect(found(asking(sub, 'hosts: [reviews]\ngateways: [mesh]'), code, '1.12')).toHaveLength(1);
    expect(found(asking(sub, 'hosts: [reviews]\ngateways: [mesh]'), code, '1.11')).toEqual([]);
  });

  it('error: in a delegate', () => {
    const [finding] = checked(asking(sub, '# a delegate'), { only: [code] }).diagnostics;
    expect(finding?.message).toBe('VirtualService bookinfo/reviews asks for the claim `@request.auth.claims.sub` in a delegate');
  });

  it('fine: at a gateway, or another header', () => {
    expect(found(asking(sub, 'hosts: [reviews]\ngateways: [gw]'), code)).toEqual([]);
    expect(found(asking('x-claims', 'hosts: [reviews]'), code)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { gatewayOf, marked, serverOf } from '../../../support/listeners.ts';

const http = (number: number, more: string) => serverOf({ number, name: `http-${number}`, protocol: 'HTTP', more });
const check = (one: string, two: string) => marked(gatewayOf(http(80, one), http(81, two)), { only: ['MS5320'] });

describe('one-server-per-name', () => {
  it('warning: two servers of one name', () => {
    expect(check('name: shop', 'name: shop')).toEqual(['MS5320 line 7: shop']);
  });

  it('fine: two names, or none', () => {
    expect(check('name: shop', 'name: blog')).toEqual([]);
    expect(check('name: ""', 'name: ""')).toEqual([]);
  });
});

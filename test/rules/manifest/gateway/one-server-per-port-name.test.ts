import { describe, expect, it } from 'vitest';
import { gatewayOf, marked, serverOf } from '../../../support/listeners.ts';

const http = (number: number, name: string) => serverOf({ number, name, protocol: 'HTTP' });
const check = (...servers: readonly string[]) => marked(gatewayOf(...servers), { only: ['MS5302'] });

describe('one-server-per-port-name', () => {
  it('error: two servers, or three, of one port name', () => {
    expect(check(http(80, 'web'), http(8080, 'web'))).toEqual(['MS5302 line 7: web']);
    expect(check(http(80, 'web'), http(81, 'other'), http(82, 'web'), http(83, 'web'))).toEqual([
      'MS5302 line 8: web',
      'MS5302 line 9: web',
    ]);
  });

  it('fine: names that differ, if only in case', () => {
    expect(check(http(80, 'web'), http(8080, 'WEB'))).toEqual([]);
  });
});

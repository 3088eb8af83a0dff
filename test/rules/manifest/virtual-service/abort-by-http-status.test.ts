import { describe, expect, it } from 'vitest';
import { found, routed } from './found.ts';

const code = 'MS5122';
const aborting = (abort: string) => routed(`route: [{destination: {host: a}}]\n  fault: {abort: ${abort}}`);

describe('abort-by-http-status', () => {
  it('error: a gRPC status up to 1.14', () => {
    expect(found(aborting('{grpcStatus: UNAVAILABLE}'), code, '1.14')).toEqual(['MS5122 line 8: grpcStatus']);
    expect(found(aborting('{grpcStatus: UNAVAILABLE}'), code, '1.15')).toEqual([]);
  });

  it('fine: an HTTP status', () => {
    expect(found(aborting('{httpStatus: 503}'), code, '1.14')).toEqual([]);
  });
});

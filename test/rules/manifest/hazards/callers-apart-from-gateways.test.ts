import { describe, expect, it } from 'vitest';
import { checked, virtualService } from '../../../support/checked.ts';

const only = ['MS5918'];
/** The match stands on line 8. */
const matched = (match: string, list = 'http') =>
  checked(
    virtualService(`hosts: [reviews]\ngateways: [mesh, gw]\n${list}:\n- match: [{${match}}]\n  route: [{destination: {host: reviews}}]`),
    { only },
  ).findings;

describe('callers-apart-from-gateways', () => {
  it('warning: callers beside gateways', () => {
    expect(matched('gateways: [mesh], sourceNamespace: shop')).toEqual(['MS5918 line 8']);
    expect(matched('gateways: [mesh], sourceLabels: {app: web}')).toEqual(['MS5918 line 8']);
    expect(matched('gateways: [mesh], sourceLabels: {app: web}, sourceNamespace: shop')).toHaveLength(2);
  });

  it('fine: each by itself, no callers at all, and connections, which are asked for both', () => {
    expect(matched('sourceNamespace: shop')).toEqual([]);
    expect(matched('gateways: [mesh]')).toEqual([]);
    expect(matched('gateways: [mesh], sourceLabels: {}')).toEqual([]);
    expect(matched('gateways: [mesh], sourceNamespace: shop', 'tcp')).toEqual([]);
  });
});

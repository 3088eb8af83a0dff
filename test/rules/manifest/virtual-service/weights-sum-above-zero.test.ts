import { describe, expect, it } from 'vitest';
import { virtualService } from '../../../support/checked.ts';
import { found } from './found.ts';

const lists = ['http', 'tls', 'tcp'];
const weighted = (list: string, ...weights: readonly (number | undefined)[]) => {
  const destinations = weights.map((weight, i) => `{destination: {host: v${i}}${weight === undefined ? '' : `, weight: ${weight}`}}`);
  const match = list === 'tls' ? 'match: [{sniHosts: [reviews]}], ' : '';
  return virtualService(`hosts: [reviews]\n${list}:\n- {${match}route: [${destinations.join(', ')}]}`);
};

const code = 'MS5122';

describe.each(lists)('weights-sum-above-zero, in %s routes', (list) => {
  it.each([
    [undefined, undefined],
    [0, 0],
    [0, undefined],
    [0, 0, 0],
    // Istio adds in 32 bits.
    [2147483647, 2147483647, 2],
  ])('error: %j %j %j', (...weights) => {
    const findings = found(weighted(list, ...weights), code);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatch(/^MS5122 line 7: \[\{destination/);
  });

  it.each([[undefined], [0], [1, 0], [undefined, 1], [33, 33, 33], [2147483647, 1]])('fine: %j %j %j', (...weights) => {
    expect(found(weighted(list, ...weights), code)).toEqual([]);
  });

  it('leaves older meshes to their own rule', () => {
    expect(found(weighted(list, 0, 0), code, '1.15')).toHaveLength(1);
    expect(found(weighted(list, 0, 0), code, '1.14')).toEqual([]);
  });
});

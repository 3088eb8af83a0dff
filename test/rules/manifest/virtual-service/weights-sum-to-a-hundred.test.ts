import { describe, expect, it } from 'vitest';
import { virtualService } from '../../../support/checked.ts';
import { found } from './found.ts';

const lists = ['http', 'tls', 'tcp'];
const weighted = (list: string, ...weights: readonly (number | undefined)[]) => {
  const destinations = weights.map((weight, i) => `{destination: {host: v${i}}${weight === undefined ? '' : `, weight: ${weight}`}}`);
  const match = list === 'tls' ? 'match: [{sniHosts: [reviews]}], ' : '';
  return virtualService(`hosts: [reviews]\n${list}:\n- {${match}route: [${destinations.join(', ')}]}`);
};

const code = 'MS5124';

describe.each(lists)('weights-sum-to-a-hundred, in %s routes', (list) => {
  it.each([
    [undefined, undefined],
    [0, 0],
    [9, 1],
    [100, 1],
    [99, undefined],
    [33, 33, 33],
  ])('error: %j %j %j', (...weights) => {
    expect(found(weighted(list, ...weights), code, '1.14')).toHaveLength(1);
    expect(found(weighted(list, ...weights), code, '1.0')).toHaveLength(1);
    expect(found(weighted(list, ...weights), code, '1.15')).toEqual([]);
  });

  it('error: an only destination with more than all', () => {
    expect(found(weighted(list, 101), code, '1.14')).toEqual(['MS5124 line 7: 101']);
  });

  it.each([[undefined], [0], [100], [7], [100, 0], [undefined, 100], [50, 50], [33, 33, 34]])('fine: %j %j %j', (...weights) => {
    expect(found(weighted(list, ...weights), code, '1.14')).toEqual([]);
  });
});

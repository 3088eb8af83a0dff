import { describe, expect, it } from 'vitest';
import { everywhere, inEveryPlace } from './policy-places.ts';

const hash = (words: string) => `loadBalancer:\n  consistentHash:\n    useSourceIp: true\n${words}`;
const only = ['MS5206'];

describe('one-ring-size', () => {
  it('error: the old size beside the algorithm', () => {
    const both = hash('    ringHash: {minimumRingSize: 10}\n    minimumRingSize: 1');
    expect(everywhere(both, { only })).toEqual(inEveryPlace('MS5206', 4));
    expect(everywhere(hash('    minimumRingSize: 1\n    ringHash: {}'), { only })).toEqual(inEveryPlace('MS5206', 3));
  });

  it('fine: one of them, or an old size of nothing', () => {
    expect(everywhere(hash('    minimumRingSize: 1'), { only })).toEqual([]);
    expect(everywhere(hash('    ringHash: {minimumRingSize: 1}'), { only })).toEqual([]);
    expect(everywhere(hash('    minimumRingSize: 0\n    ringHash: {}'), { only })).toEqual([]);
  });

  it('the old size beside Maglev is refused by the shape', () => {
    const [finding] = everywhere(hash('    minimumRingSize: 1\n    maglev: {tableSize: 65537}'));
    expect(finding).toMatch(/^MS10/);
  });
});

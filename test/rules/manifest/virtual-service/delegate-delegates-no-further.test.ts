import { describe, expect, it } from 'vitest';
import { virtualService } from '../../../support/checked.ts';
import { found } from './found.ts';

const code = 'MS5102';

describe('delegate-delegates-no-further', () => {
  it.each([
    ['alone', 'http:\n- delegate: {name: archive}'],
    ['beside a destination', 'http:\n- delegate: {name: archive}\n  route: [{destination: {host: reviews}}]'],
    ['without a name', 'http:\n- delegate: {}'],
  ])('error: a delegate with a `delegate` %s', (_, spec) => {
    expect(found(virtualService(spec), code)).toEqual(['MS5102 line 6: delegate']);
    expect(found(virtualService(spec), code, '1.8')).toHaveLength(1);
    expect(found(virtualService(spec), code, '1.7')).toEqual([]);
  });

  it('fine: hosts, or no `delegate`', () => {
    expect(found(virtualService('hosts: [reviews]\nhttp:\n- delegate: {name: archive}'), code)).toEqual([]);
    expect(found(virtualService('http:\n- route: [{destination: {host: reviews}}]'), code)).toEqual([]);
  });
});

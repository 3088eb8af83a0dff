import { describe, expect, it } from 'vitest';
import { checked, destinationRule } from '../../../support/checked.ts';

const found = (spec: string) => checked(destinationRule(`host: reviews\n${spec}`)).findings;

describe('policy-says-something', () => {
  it('error: a list of no ports and nothing else', () => {
    expect(found('trafficPolicy:\n  portLevelSettings: []')).toEqual(['MS5201 line 7']);
    expect(found('subsets:\n- name: v1\n  trafficPolicy: {portLevelSettings: []}')).toEqual(['MS5201 line 8']);
  });

  it('fine: something beside it, or a port', () => {
    expect(found('trafficPolicy: {portLevelSettings: [], outlierDetection: {}}')).toEqual([]);
    expect(found('trafficPolicy: {portLevelSettings: [{port: {number: 80}, tls: {}}]}')).toEqual([]);
  });

  it('a policy without any key is refused by its shape', () => {
    expect(found('trafficPolicy: {}')).toEqual(['MS1048 line 6']);
  });
});

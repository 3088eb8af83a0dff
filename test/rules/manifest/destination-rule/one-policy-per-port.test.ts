import { describe, expect, it } from 'vitest';
import { checked, destinationRule } from '../../../support/checked.ts';

const found = (spec: string) => checked(destinationRule(`host: reviews\n${spec}`)).findings;
const twice =
  'portLevelSettings:\n    - {port: {number: 80}, tls: {}}\n    - {port: {number: 81}, tls: {}}\n    - {port: {number: 80}, tls: {}}';

describe('one-policy-per-port', () => {
  it('warning: a port that has an entry already', () => {
    expect(found(`trafficPolicy:\n    ${twice}`)).toEqual(['MS5202 line 10']);
    expect(found(`subsets:\n- name: v1\n  trafficPolicy:\n    ${twice}`)).toEqual(['MS5202 line 12']);
  });

  it('fine: the same port of the host and of each subset', () => {
    const policy = 'trafficPolicy: {portLevelSettings: [{port: {number: 80}, tls: {}}]}';
    expect(found(`${policy}\nsubsets:\n- {name: v1, ${policy}}\n- {name: v2, ${policy}}`)).toEqual([]);
  });
});

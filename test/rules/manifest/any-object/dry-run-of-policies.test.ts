import { describe, expect, it } from 'vitest';
import { checked } from '../../../support/checked.ts';
import { spelledFor } from '../spelled-for.ts';

const object = (kind: string, value: string, spec: string, group = 'security') =>
  `apiVersion: ${group}.istio.io/v1\nkind: ${kind}\nmetadata:\n  name: a\n  annotations:\n    istio.io/dry-run: ${value}\nspec: ${spec}\n`;
const policy = (value: string, spec = '{rules: [{}]}') =>
  checked(object('AuthorizationPolicy', value, spec), { only: ['MS5015'] }).findings;

describe('dry-run-of-policies', () => {
  it.each(['1', 't', 'T', 'TRUE', 'true', 'True', '0', 'f', 'F', 'FALSE', 'false', 'False'])('fine: "%s"', (value) => {
    expect(policy(`"${value}"`)).toEqual([]);
    expect(policy(`"${value}"`, '{action: DENY, rules: [{}]}')).toEqual([]);
  });

  it.each(['', 'yes', 'tRUE', '2', 'on'])('error: "%s"', (value) => {
    expect(policy(`"${value}"`)).toEqual(['MS5015 line 6']);
  });

  it('error: another action', () => {
    expect(policy('"true"', '{action: AUDIT, rules: [{}]}')).toEqual(['MS5015 line 6']);
    expect(policy('"true"', '{action: CUSTOM, provider: {name: a}, rules: [{}]}')).toEqual(['MS5015 line 6']);
  });

  it('error: another kind', () => {
    expect(checked(object('PeerAuthentication', '"true"', '{}')).findings).toEqual(['MS5015 line 6']);
    expect(checked(object('DestinationRule', '"false"', '{host: a}', 'networking')).findings).toEqual(['MS5015 line 6']);
  });

  it('from 1.10 on', () => {
    const rule = object('DestinationRule', '"true"', '{host: a}', 'networking');
    const inMesh = (istio: string) => checked(spelledFor(istio, rule), { istio }).findings;
    expect([inMesh('1.9'), inMesh('1.10')]).toEqual([[], ['MS5015 line 6']]);
  });
});

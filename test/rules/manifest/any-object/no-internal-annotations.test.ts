import { describe, expect, it } from 'vitest';
import { checked } from '../../../support/checked.ts';

const found = (annotation: string) =>
  checked(
    `apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata:\n  name: a\n  annotations:\n    ${annotation}: x\nspec: {host: a}\n`,
  ).findings;

describe('no-internal-annotations', () => {
  it.each(['webhook-always-reject', 'parents', 'parent-namespace'])('error: internal.istio.io/%s', (name) => {
    expect(found(`internal.istio.io/${name}`)).toEqual(['MS5016 line 6']);
  });

  it('fine: others', () => {
    expect(found('internal.istio.io/gateway-semantics')).toEqual([]);
    expect(found('kubectl.kubernetes.io/last-applied-configuration')).toEqual([]);
  });
});

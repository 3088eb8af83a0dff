import { describe, expect, it } from 'vitest';
import { checked } from '../../../support/checked.ts';

const object = (metadata: string) =>
  `apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata:\n  name: reviews\n  ${metadata}\nspec: {host: reviews}\n`;

describe('known-metadata-keys', () => {
  it('warning with help', () => {
    const { findings, diagnostics } = checked(object('lables: {app: reviews}'));
    expect(findings).toEqual(['MS5014 line 5']);
    expect(diagnostics[0]?.hints).toEqual(['did you mean `labels`?']);
  });

  it('fine: what Kubernetes knows', () => {
    const exported = 'uid: a\n  resourceVersion: "1"\n  generation: 1\n  managedFields: []\n  ownerReferences: []\n  finalizers: []';
    expect(checked(object(exported)).findings).toEqual([]);
  });
});

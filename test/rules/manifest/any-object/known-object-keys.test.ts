import { describe, expect, it } from 'vitest';
import { checked } from '../../../support/checked.ts';

const head = 'apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {name: reviews}\n';

describe('known-object-keys', () => {
  it('error: what should stand beneath `spec`', () => {
    const { findings } = checked(`${head}spec: {host: reviews}\ntrafficPolicy: {}\nsubsets: []\n`);
    expect(findings).toEqual(['MS5013 line 5', 'MS5013 line 6']);
  });

  it('error with help, although the spec is missing', () => {
    const { findings, diagnostics } = checked(`${head}Spec: {host: reviews}\n`);
    expect(findings).toEqual(['MS1041 line 1', 'MS5013 line 4']);
    expect(diagnostics[1]?.hints).toEqual(['did you mean `spec`?']);
  });

  it('fine: the keys of every object', () => {
    expect(checked(`${head}spec: {host: reviews}\nstatus: {}\n`).findings).toEqual([]);
  });
});

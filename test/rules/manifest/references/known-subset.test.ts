import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { rendered } from '../../../support/rendered.ts';

const leading = 'service: a\nport: 80\nroutes:\n  - {match: {uri: {prefix: /x}}, to: {host: b, subset: canary}}\n';
const legacy = (subset: string, namespace = 'bookinfo') => ({
  environment: 'manifests: [legacy]',
  files: {
    'mesh/legacy/b.yaml': `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: b, namespace: ${namespace}}
spec: {host: b.bookinfo.svc.cluster.local, subsets: [{name: ${subset}, labels: {version: x}}]}
`,
  },
});

describe('known-subset', () => {
  it('error: nobody declares it', () => {
    expect(rendered(documents(leading, 'service: b\nport: 80\nversions: [v1]\n')).findings).toEqual(['MS5001 line 4']);
  });

  it('fine: a hand-written rule declares it, by any spelling of the host', () => {
    expect(rendered(leading, legacy('canary')).findings).toEqual([]);
  });

  it('error with help: nearly that one', () => {
    const [finding] = rendered(leading, legacy('canry')).diagnostics;
    expect([finding?.code, finding?.hints]).toEqual(['MS5001', ['did you mean `canry`?']]);
  });
});

import { describe, expect, it } from 'vitest';
import { marked, sidecarOf } from '../../../support/listeners.ts';

const check = (namespace: string, selector: string, rootNamespace?: string) =>
  marked(sidecarOf(`${selector}\negress: [{hosts: ["./*"]}]`, namespace), {
    only: ['MS5503'],
    ...(rootNamespace === undefined ? {} : { rootNamespace }),
  });
const labels = 'workloadSelector: {labels: {app: reviews}}';

describe('root-sidecar-without-selector', () => {
  it('warning: pods are selected in the root namespace, whichever that is', () => {
    expect(check('istio-system', labels)).toEqual(['MS5503 line 5: {labels: {app: reviews}}']);
    expect(check('mesh-config', labels, 'mesh-config')).toHaveLength(1);
  });

  it('fine: no labels there, or another namespace', () => {
    expect(check('istio-system', 'workloadSelector: {labels: {}}')).toEqual([]);
    expect(check('bookinfo', labels)).toEqual([]);
    expect(check('istio-system', labels, 'mesh-config')).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, manifest } from '../../../support/checked.ts';
import { namespaceObject } from '../../../support/cluster-objects.ts';

const sidecar = manifest('Sidecar', 'default', 'egress: [{hosts: ["./*"]}]');
const found = (labels: string, name = 'bookinfo') => checked(documents(sidecar, namespaceObject(name, labels)), { only: ['MS5728'] });

describe('sidecar-has-sidecars', () => {
  it.each([
    ['{istio-injection: enabled}'],
    ['{}'],
    ['{istio.io/dataplane-mode: ambient, istio-injection: enabled}'],
    ['{istio.io/dataplane-mode: ambient, istio.io/rev: canary}'],
    ['{istio.io/dataplane-mode: none}'],
  ])('fine: %s', (labels) => {
    expect(found(labels).codes).toEqual([]);
  });

  it('warning: the namespace is in ambient mode', () => {
    expect(found('{istio.io/dataplane-mode: ambient}').findings).toEqual(['MS5728 line 4']);
    expect(found('{istio.io/dataplane-mode: ambient}', 'other').codes).toEqual([]);
  });
});

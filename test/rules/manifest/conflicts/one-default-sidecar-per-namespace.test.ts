import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, manifest } from '../../../support/checked.ts';

const only = ['MS5816'];
const egress = 'egress: [{hosts: ["./*"]}]';
const sidecar = (name: string, spec = egress, namespace = 'bookinfo') => manifest('Sidecar', name, spec, { namespace });

describe('one-default-sidecar-per-namespace', () => {
  it('error: two without a selector, or with an empty one', () => {
    expect(checked(documents(sidecar('one'), sidecar('two')), { only }).findings).toEqual(['MS5816 line 9']);
    expect(checked(documents(sidecar('one'), sidecar('two', `workloadSelector: {labels: {}}\n${egress}`)), { only }).codes).toEqual(only);
  });

  it('fine: another namespace, a selector, an ambient namespace', () => {
    expect(checked(documents(sidecar('one'), sidecar('two', egress, 'shop')), { only }).findings).toEqual([]);
    expect(
      checked(documents(sidecar('one'), sidecar('two', `workloadSelector: {labels: {app: a}}\n${egress}`)), { only }).findings,
    ).toEqual([]);
    const ambient = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: bookinfo, labels: {istio.io/dataplane-mode: ambient}}\n';
    expect(checked(documents(sidecar('one'), sidecar('two'), ambient), { only }).findings).toEqual([]);
  });
});

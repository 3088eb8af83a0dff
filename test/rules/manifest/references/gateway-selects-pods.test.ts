import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, manifest } from '../../../support/checked.ts';
import { deployment, ingressGateway } from '../../../support/cluster-objects.ts';
import { rendered } from '../../../support/rendered.ts';

const gateway = (selector: string) =>
  manifest('Gateway', 'gw', `selector: {${selector}}\nservers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]`);
const found = (...texts: readonly string[]) => checked(documents(...texts), { only: ['MS5718'] });

describe('gateway-selects-pods', () => {
  it.each([
    ['pods of another namespace', gateway('istio: ingressgateway'), ingressGateway],
    ['pods that are no gateways by their labels', gateway('app: edge'), ingressGateway, deployment('edge', 'app: edge')],
    ['all gateways', gateway(''), ingressGateway],
    ['pods that nothing tells of', gateway('istio: ingressgateway'), deployment('reviews', 'app: reviews')],
  ])('fine: %s', (_, ...texts) => {
    expect(found(...texts).codes).toEqual([]);
  });

  it('warning: gateway pods are shown, and these are not among them', () => {
    const { findings, diagnostics } = found(gateway('istio: ingresstypo'), ingressGateway);
    expect([findings, diagnostics[0]?.message]).toEqual([
      ['MS5718 line 5'],
      'no pod has the labels `istio: ingresstypo` that Gateway bookinfo/gw selects by; there is istio-system/istio-ingressgateway (`istio: ingressgateway`)',
    ]);
    expect(found(gateway('istio: ingressgateway, app: other'), ingressGateway).codes).toEqual(['MS5718']);
  });

  it('leads to the words of an intent', () => {
    const registry = { environment: 'registry: [k8s]', files: { 'mesh/k8s/gw.yaml': ingressGateway } };
    expect(rendered('gateway: gw\nselector: {istio: typo}\nservers: [{http: 80, hosts: ["*"]}]\n', registry).findings).toEqual([
      'MS5718 line 2',
    ]);
    expect(rendered('gateway: gw\nservers: [{http: 80, hosts: ["*"]}]\n', registry).findings).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, manifest } from '../../../support/checked.ts';
import { deployment, ingressGateway } from '../../../support/cluster-objects.ts';
import { rendered } from '../../../support/rendered.ts';

const policy = (namespace = 'bookinfo') =>
  manifest('AuthorizationPolicy', 'only', 'selector: {matchLabels: {app: x}}\nrules: [{}]', { group: 'security', namespace });
const gateway = manifest(
  'Gateway',
  'gw',
  'selector: {istio: ingressgateway}\nservers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]',
);
const found = (...texts: readonly string[]) => checked(documents(...texts), { only: ['MS5793'], notes: true });

describe('workloads-can-be-checked', () => {
  it('one note for selectors in namespaces whose workloads are not shown', () => {
    const { findings, diagnostics } = found(policy(), policy('shop'));
    expect([findings, diagnostics[0]?.message]).toEqual([
      ['MS5793 line 5'],
      '2 selectors in the namespaces bookinfo and shop could not be checked: no workload from there is in the input',
    ]);
  });

  it('counts Gateways where no gateway pod is shown', () => {
    expect(found(gateway).diagnostics[0]?.message).toBe('1 selector could not be checked: no workload that could be meant is in the input');
    expect(found(gateway, ingressGateway).codes).toEqual([]);
    expect(found(gateway.replace('istio: ingressgateway', 'istio: other'), ingressGateway).codes).toEqual([]);
  });

  it('counts subsets of hosts whose pods are not shown', () => {
    const rule = (host: string) =>
      manifest('DestinationRule', 'r', `host: ${host}\nsubsets: [{name: v1, labels: {version: v1}}, {name: v2}]`);
    const says = (...texts: readonly string[]) => found(...texts).diagnostics.map(({ message }) => message);
    const rest = 'could not be checked: no workload from there is in the input';
    expect(says(rule('reviews'))).toEqual([`2 subsets in the namespace bookinfo ${rest}`]);
    expect(says(rule('reviews.shop.svc.cluster.local'), policy())).toEqual([
      `1 selector and 2 subsets in the namespaces bookinfo and shop ${rest}`,
    ]);
    expect(says(rule('reviews'), deployment('other', 'app: other'))).toEqual([]);
    expect(says(rule('"*.shop.svc.cluster.local"'))).toEqual([]);
    expect(says(rule('api.example.com'))).toEqual([]);
  });

  it('no note where workloads are shown, or nothing is selected', () => {
    expect(found(policy(), deployment('other', 'app: other')).codes).toEqual([]);
    expect(found(manifest('Sidecar', 'default', 'egress: [{hosts: ["./*"]}]')).codes).toEqual([]);
  });

  it('is silent about what intents render', () => {
    expect(rendered('gateway: gw\nservers: [{http: 80, hosts: ["*"]}]\n', { notes: true }).codes).toEqual([]);
  });
});

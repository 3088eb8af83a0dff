import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, manifest, virtualService } from '../../../support/checked.ts';
import { deployment, ingressGateway } from '../../../support/cluster-objects.ts';
import { rendered } from '../../../support/rendered.ts';

const gateway = manifest(
  'Gateway',
  'gw',
  'selector: {istio: ingressgateway}\nservers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]',
);
const bound = (exportTo: string) =>
  virtualService(`hosts: [a.example.com]\ngateways: [gw]\n${exportTo}\nhttp: [{route: [{destination: {host: reviews}}]}]`);
const home = deployment('reviews-v1', 'app: reviews');
const found = (...texts: readonly string[]) => checked(documents(...texts), { only: ['MS5717'] });

describe('virtual-service-reaches-gateway', () => {
  it.each([
    ['to everyone', bound(''), home, ingressGateway],
    ["to the pods' namespace", bound('exportTo: [".", istio-system]'), home, ingressGateway],
    ['at home, where the pods run', bound('exportTo: ["."]'), home, deployment('gw', 'istio: ingressgateway')],
    ['at home, whose workloads nothing tells', bound('exportTo: ["."]'), ingressGateway],
    ['at home, and nothing tells where the pods run', bound('exportTo: ["."]'), home],
  ])('fine: exported %s', (_, ...texts) => {
    expect(found(...texts, gateway).codes).toEqual([]);
  });

  it('error: exported past the pods', () => {
    const { findings, diagnostics } = found(bound('exportTo: ["."]'), home, ingressGateway, gateway);
    expect([findings, diagnostics[0]?.message]).toEqual([
      ['MS5717 line 7'],
      'VirtualService bookinfo/reviews is exported to bookinfo, but the pods of the gateway bookinfo/gw run in istio-system',
    ]);
    expect(diagnostics[0]?.related).toHaveLength(1);
  });

  it("follows the mesh's default, and leads to the words of an intent", () => {
    const intents =
      'service: reviews\nport: 9080\nexpose: [{gateway: gw, hosts: [a.example.com]}]\n---\ngateway: gw\nservers: [{http: 80, hosts: ["*"]}]\n';
    const registry = { 'mesh/k8s/a.yaml': documents(home, ingressGateway) };
    expect(rendered(intents, { environment: 'registry: [k8s]\nmesh: {exportTo: "."}', files: registry }).findings).toContain(
      'MS5717 line 3',
    );
    expect(rendered(intents, { environment: 'registry: [k8s]', files: registry }).findings).toEqual([]);
  });
});

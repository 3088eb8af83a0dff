import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, manifest, virtualService } from '../../../support/checked.ts';
import { service } from '../../../support/cluster-objects.ts';
import { rendered } from '../../../support/rendered.ts';

const to = (port: number, host = 'reviews') =>
  virtualService(`hosts: [reviews]\nhttp: [{route: [{destination: {host: ${host}, port: {number: ${port}}}}]}]`);
const found = (...texts: readonly string[]) => checked(documents(...texts), { only: ['MS5704'] });

describe('destination-port-known', () => {
  it.each([
    ['it has', to(9080), service('reviews', [80, 9080])],
    ['of a host that nothing tells of', to(81)],
    ['of a name for another host', to(81), service('reviews', [80], { spec: 'type: ExternalName, externalName: reviews.example.com' })],
    ['of a Service without ports', to(81), service('reviews', [])],
  ])('fine: a port %s', (_, ...texts) => {
    expect(found(...texts).codes).toEqual([]);
  });

  it('error: one that it does not have, in every place', () => {
    const spec = `hosts: [reviews]
http:
- route: [{destination: {host: reviews, port: {number: 81}}}]
  mirror: {host: reviews, port: {number: 82}}
tcp:
- route: [{destination: {host: reviews, port: {number: 83}}}]`;
    const { findings, diagnostics } = found(virtualService(spec), service('reviews', [80, 9080]));
    expect(findings).toEqual(['MS5704 line 7', 'MS5704 line 8', 'MS5704 line 10']);
    expect(diagnostics[0]?.message).toBe(
      'VirtualService bookinfo/reviews leads to port 81 of reviews.bookinfo.svc.cluster.local, which has ports 80 and 9080',
    );
  });

  it("error with help: the pods' own port", () => {
    const [finding] = found(to(8080), service('reviews', ['name: http, port: 80, targetPort: 8080'])).diagnostics;
    expect(finding?.hints).toEqual(['8080 is the `targetPort` of its port 80: write 80']);
  });

  it('error: of a ServiceEntry, but a Service of the same name counts first', () => {
    const entry = manifest(
      'ServiceEntry',
      'x',
      'hosts: [reviews.bookinfo.svc.cluster.local]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: DNS',
    );
    expect(found(to(80), entry).codes).toEqual(['MS5704']);
    expect(found(to(443), entry, service('reviews', [80])).codes).toEqual(['MS5704']);
    expect(found(to(80), entry, service('reviews', [80])).codes).toEqual([]);
  });

  it('leads to the words of an intent', () => {
    const intent =
      'service: reviews\nport: 9081\nversions: [v1]\nstable: v1\nexpose: [{gateway: gw, hosts: [r.example.com]}]\n---\ngateway: gw\nservers: [{http: 80, hosts: ["*"]}]\n';
    const registry = { environment: 'registry: [k8s]', files: { 'mesh/k8s/reviews.yaml': service('reviews') } };
    expect(rendered(intent, registry).findings.filter((one) => one.startsWith('MS5704'))).toEqual(['MS5704 line 2']);
    expect(rendered(intent.replace('9081', '9080'), registry).findings).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/model/json.ts';
import { documents, httpGateway } from '../support/builders.ts';
import { rendered } from '../support/rendered.ts';

const known = (name: string, words = '') =>
  `service: ${name}\nport: 80\nworkload: {labels: {app: ${name}}, serviceAccount: sa-${name}}\n${words}`;
const sidecars = { environment: 'sidecars: true' };
const dryRun = { environment: 'authorization: dry-run' };
const principals = (result: ReturnType<typeof rendered>, title: string) => {
  const [rule] = result.spec(title).rules as readonly { readonly from: readonly { readonly source: JsonObject }[] }[];
  return rule?.from[0]?.source.principals;
};

describe('dependsOn', () => {
  it('names must exist, whatever is made of them', () => {
    expect(rendered(documents(known('a', 'dependsOn: [bb]\n'), known('b'))).findings).toEqual(['MS2004 line 4']);
    expect(rendered(documents(known('a', 'dependsOn: [b]\n'), known('b'))).titles).toEqual([]);
  });

  it('a Sidecar with just these egress hosts', () => {
    const ext = 'external: ext\nhosts: [a.example, "*.b.example"]\nports: {https: 443}\nresolution: NONE\n';
    const result = rendered(
      documents(known('a', 'dependsOn: [b, far/c, ext]\n'), known('b'), known('c', 'namespace: far\n'), ext),
      sidecars,
    );
    expect(result.spec('Sidecar a')).toEqual({
      workloadSelector: { labels: { app: 'a' } },
      egress: [
        { hosts: ['bookinfo/*.b.example', 'bookinfo/a.example', 'bookinfo/b.bookinfo.svc.cluster.local', 'far/c.far.svc.cluster.local'] },
      ],
    });
  });

  it('who calls nobody sees nobody; who says nothing is left alone', () => {
    const result = rendered(documents(known('a', 'dependsOn: []\n'), known('b')), sidecars);
    expect([result.titles, result.spec('Sidecar a').egress]).toEqual([['Sidecar a'], [{ hosts: ['~/*'] }]]);
  });
});

describe('authorization', () => {
  it('admits callers, gateways and allowFrom; dry-run says so', () => {
    const callee = known(
      'b',
      'expose: gw\nallowFrom: [{serviceAccount: prom, namespace: mon}, {serviceAccount: near}, "cluster.local/ns/x/sa/y"]\n',
    );
    const gateway = `${httpGateway}workload: {serviceAccount: gw-sa, namespace: istio-system}\n`;
    const result = rendered(`${documents(known('a', 'dependsOn: [b]\n'), callee)}${gateway}`, dryRun);
    expect(principals(result, 'AuthorizationPolicy b')).toEqual([
      'cluster.local/ns/bookinfo/sa/near',
      'cluster.local/ns/bookinfo/sa/sa-a',
      'cluster.local/ns/istio-system/sa/gw-sa',
      'cluster.local/ns/mon/sa/prom',
      'cluster.local/ns/x/sa/y',
    ]);
    expect(result.objects.get('AuthorizationPolicy b')?.metadata).toMatchObject({ annotations: { 'istio.io/dry-run': 'true' } });
  });

  it('enforced without the annotation, in the trust domain', () => {
    const options = { environment: 'authorization: enforce\nmesh: {trustDomain: td.example}' };
    const result = rendered(documents(known('a', 'dependsOn: [b]\n'), known('b')), options);
    expect(principals(result, 'AuthorizationPolicy b')).toEqual(['td.example/ns/bookinfo/sa/sa-a']);
    expect(result.objects.get('AuthorizationPolicy b')?.metadata).not.toHaveProperty('annotations');
  });

  it('a service whom nobody calls by name has none', () => {
    expect(rendered(known('a'), dryRun).titles).toEqual([]);
  });

  it('a service that another one leads to is called by that one’s callers, and through its gateways', () => {
    const front = known('front', 'routes: [{match: {uri: {prefix: /b}}, to: {service: b}}]\nexpose: [{gateway: gw, hosts: [a.b]}]\n');
    const gateway = `${httpGateway}workload: {serviceAccount: gw-sa, namespace: istio-system}\n`;
    const result = rendered(`${documents(known('a', 'dependsOn: [front]\n'), front, known('b'))}${gateway}`, dryRun);
    expect(principals(result, 'AuthorizationPolicy b')).toEqual([
      'cluster.local/ns/bookinfo/sa/sa-a',
      'cluster.local/ns/istio-system/sa/gw-sa',
    ]);
  });

  it('a gateway that delegates to the service', () => {
    const shared = `${httpGateway}hosts: {a.example: [{service: b}]}\nworkload: {serviceAccount: gw-sa, namespace: istio-system}\n`;
    expect(principals(rendered(`${known('b')}${shared}`, dryRun), 'AuthorizationPolicy b')).toEqual([
      'cluster.local/ns/istio-system/sa/gw-sa',
    ]);
  });

  it.each([
    ['pod labels', documents('service: a\nworkload: {serviceAccount: s}\ndependsOn: [b]\n', 'service: b\n'), {}, 'MS2011 line 5'],
    ['a service account', documents('service: a\nworkload: {labels: {app: a}}\ndependsOn: [b]\n', known('b')), {}, 'MS2012 line 1'],
    ["the gateway's account", `${known('b', 'expose: [{gateway: gw, hosts: [a.b]}]\n')}${httpGateway}`, {}, 'MS2013 line 6'],
    ['a namespace', documents(known('a', 'dependsOn: [b]\n'), known('b')), { namespace: null }, 'MS2014 line 1'],
  ])('needs %s, and guesses nothing', (_, intents, options, finding) => {
    expect(rendered(intents, { ...dryRun, ...options }).findings).toEqual([finding]);
  });
});

describe('the registry tells what the intents do not', () => {
  const deployment = (name: string, labels: string, account = '') =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}}\nspec: {template: {metadata: {labels: ${labels}}, spec: {${account}}}}\n`;
  const files = {
    'mesh/k8s/all.yaml': documents(
      deployment('a-v1', '{app: a, version: v1}', 'serviceAccountName: sa-a'),
      deployment('a-v2', '{app: a, version: v2}', 'serviceAccountName: sa-a'),
      deployment('b', '{app: b, tier: back, version: v1}'),
    ),
  };
  const options = { files, environment: 'registry: [k8s]\nsidecars: true\nauthorization: dry-run' };

  it('pod labels without the version, and service accounts', () => {
    const result = rendered('service: a\ndependsOn: [b]\n---\nservice: b\ndependsOn: []\n', options);
    expect(result.spec('Sidecar a').workloadSelector).toEqual({ labels: { app: 'a' } });
    expect(result.spec('Sidecar b').workloadSelector).toEqual({ labels: { app: 'b', tier: 'back' } });
    expect(principals(result, 'AuthorizationPolicy b')).toEqual(['cluster.local/ns/bookinfo/sa/sa-a']);
  });

  it('is never rendered', () => {
    expect(rendered('service: a\n', options).titles).toEqual([]);
  });
});

describe('old meshes', () => {
  it.each([
    ['a Sidecar', 'sidecars: true', '1.0'],
    ['an AuthorizationPolicy', 'authorization: enforce', '1.3'],
  ])('%s is an error that names the version that has it', (_, environment, istio) => {
    expect(rendered(documents(known('a', 'dependsOn: [b]\n'), known('b')), { environment, istio }).codes).toEqual(['MS4050']);
  });
});

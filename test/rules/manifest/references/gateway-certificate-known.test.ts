import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, manifest } from '../../../support/checked.ts';
import { deployment, ingressGateway, secret } from '../../../support/cluster-objects.ts';
import { rendered } from '../../../support/rendered.ts';

const gateway = (tls: string) =>
  manifest(
    'Gateway',
    'gw',
    `selector: {istio: ingressgateway}\nservers: [{port: {number: 443, name: https, protocol: HTTPS}, hosts: ["*"], tls: {${tls}}}]`,
  );
const named = gateway('mode: SIMPLE, credentialName: shop');
const pair = 'tls.crt: YQ==, tls.key: YQ==';
const made = (kind: string, spec: string, group = 'cert-manager.io', name = 'anything') =>
  `apiVersion: ${group}/v1\nkind: ${kind}\nmetadata: {name: ${name}, namespace: istio-system}\nspec: {${spec}}\n`;
const found = (...texts: readonly string[]) => checked(documents(...texts), { only: ['MS5720'] });

describe('gateway-certificate-known', () => {
  it.each([
    ["in the pods' namespace", named, ingressGateway, secret('shop', pair)],
    ['that cert-manager makes', named, ingressGateway, made('Certificate', 'secretName: shop')],
    ['that a SealedSecret becomes', named, ingressGateway, made('SealedSecret', '', 'bitnami.com', 'shop')],
    ['that an ExternalSecret fetches', named, ingressGateway, made('ExternalSecret', 'target: {name: shop}', 'external-secrets.io')],
    ['that nothing tells of', named, ingressGateway],
    ['of a namespace of which nothing but a pull secret is shown', named, ingressGateway, secret('registry', '.dockerconfigjson: YQ==')],
    ['where nothing tells where the pods run', named, secret('other', pair)],
    ['that is no Secret', gateway('mode: PASSTHROUGH'), ingressGateway, secret('other', pair)],
    ['from elsewhere', gateway('mode: SIMPLE, credentialName: "configmap://shop"'), ingressGateway, secret('other', pair)],
  ])('fine: one %s', (_, ...texts) => {
    expect(found(...texts).codes).toEqual([]);
  });

  it('error: missing where certificates are shown', () => {
    const { findings, diagnostics } = found(named, ingressGateway, secret('other', pair));
    expect([findings, diagnostics[0]?.message, diagnostics[0]?.hints]).toEqual([
      ['MS5720 line 6'],
      'Gateway bookinfo/gw takes its certificate from `shop`, but there is no such Secret in istio-system, where its pods run',
      [],
    ]);
  });

  it.each([
    ['without data', 'type: kubernetes.io/tls\n'],
    ['with empty data', 'type: kubernetes.io/tls\ndata: {tls.crt: "", tls.key: ""}\n'],
    ['of another sort', 'type: Opaque\ndata: {password: YQ==}\n'],
  ])('error: missing beside a Secret %s, for names count', (_, rest) => {
    const shown = (name: string) => `apiVersion: v1\nkind: Secret\nmetadata: {name: ${name}, namespace: istio-system}\n${rest}`;
    expect(found(named, ingressGateway, shown('other')).findings).toEqual(['MS5720 line 6']);
    expect(found(named, ingressGateway, shown('other'), shown('shop')).findings).toEqual([]);
  });

  it("error with help: it stands in the Gateway's namespace, not in that of the pods", () => {
    const [finding] = found(named, ingressGateway, secret('other', pair), secret('shop', pair, { namespace: 'bookinfo' })).diagnostics;
    expect(finding?.hints).toEqual(['a Secret of that name is in the namespace bookinfo']);
  });

  it('error in each of several names, and in each namespace of the pods', () => {
    const both = gateway('mode: SIMPLE, credentialNames: [shop, pay]');
    expect(found(both, ingressGateway, secret('shop', pair)).diagnostics.map(({ message }) => message)).toEqual([
      'Gateway bookinfo/gw takes its certificate from `pay`, but there is no such Secret in istio-system, where its pods run',
    ]);
    const more = [deployment('gw', 'istio: ingressgateway', { namespace: 'edge' }), secret('x', pair, { namespace: 'edge' })];
    expect(found(named, ingressGateway, secret('shop', pair), ...more).diagnostics[0]?.message).toContain('in edge, where its pods run');
  });

  it('leads to the words of an intent', () => {
    const registry = { environment: 'registry: [k8s]', files: { 'mesh/k8s/gw.yaml': documents(ingressGateway, secret('other', pair)) } };
    const intent = 'gateway: gw\nservers:\n  - {https: 443, hosts: ["*"], credentialName: shop}\n';
    expect(rendered(intent, registry).findings).toEqual(['MS5720 line 3']);
  });
});

import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, manifest, virtualService } from '../../../support/checked.ts';
import { ingressGateway } from '../../../support/cluster-objects.ts';
import { rendered } from '../../../support/rendered.ts';

const inBeta = (text: string) => text.replaceAll('.istio.io/v1\n', '.istio.io/v1beta1\n');
const gateway = manifest(
  'Gateway',
  'gw',
  'selector: {istio: ingressgateway}\nservers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]',
);
const byClaim = (match: string) =>
  virtualService(`hosts: [a.example.com]\ngateways: [gw]\nhttp:\n- match: [{${match}}]\n  route: [{destination: {host: reviews}}]`);
const claim = byClaim('headers: {"@request.auth.claims.group": {exact: admin}}');
const authentication = (selector: string, namespace: string) =>
  manifest('RequestAuthentication', 'jwt', `${selector}\njwtRules: [{issuer: a}]`, { group: 'security', namespace });
const found = (...texts: readonly string[]) => checked(documents(...texts, gateway), { only: ['MS5726'] });

describe('claims-are-verified', () => {
  it.each([
    ['for these pods', claim, ingressGateway, authentication('selector: {matchLabels: {istio: ingressgateway}}', 'istio-system')],
    ['for all pods of their namespace', claim, ingressGateway, authentication('', 'istio-system')],
    ['nobody asks for a claim', byClaim('headers: {group: {exact: admin}}'), ingressGateway],
    ['nothing tells of the pods', claim],
  ])('fine: %s', (_, ...texts) => {
    expect(found(...texts).codes).toEqual([]);
  });

  it.each([
    ['none', claim],
    ['in another namespace', claim, authentication('', 'bookinfo')],
    ['for other pods', claim, authentication('selector: {matchLabels: {istio: egressgateway}}', 'istio-system')],
    [
      'for a gateway of the Gateway API',
      claim,
      authentication('targetRefs: [{kind: Gateway, group: gateway.networking.k8s.io, name: x}]', 'istio-system'),
    ],
    ['none, and a claim must be absent', byClaim('withoutHeaders: {"@request.auth.claims[group]": {exact: admin}}')],
  ])('warning: %s', (_, ...texts) => {
    expect(found(...texts, ingressGateway).findings).toEqual(['MS5726 line 8']);
  });

  it('holds from 1.12 on, when claims came', () => {
    const texts = inBeta(documents(claim, ingressGateway, gateway));
    expect(checked(texts, { istio: '1.12', only: ['MS5726'] }).codes).toEqual(['MS5726']);
    expect(checked(texts, { istio: '1.11', only: ['MS5726'] }).codes).toEqual([]);
  });

  it('leads to the words of an intent', () => {
    const intents =
      'service: reviews\nport: 9080\nversions: [v1, v2]\nstable: v1\npins: [{user: jason, version: v2}]\nexpose: [{gateway: gw, hosts: [a.example.com]}]\n---\ngateway: gw\nservers: [{http: 80, hosts: ["*"]}]\n';
    const { findings } = rendered(intents, {
      environment: 'user: {claim: sub}\nregistry: [k8s]',
      files: { 'mesh/k8s/gw.yaml': ingressGateway },
    });
    expect(findings).toEqual(['MS5726 line 5']);
  });
});

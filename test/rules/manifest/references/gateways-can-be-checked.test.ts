import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, manifest, virtualService } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';

const gateway = (name: string, namespace = 'bookinfo') =>
  manifest('Gateway', name, 'servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]', { namespace });
const bound = (...gateways: readonly string[]) =>
  virtualService(`hosts: [a.example.com]\ngateways: [${gateways.join(', ')}]\nhttp: [{route: [{destination: {host: reviews}}]}]`);
const found = (...texts: readonly string[]) => checked(documents(...texts), { only: ['MS5792'], notes: true });

describe('gateways-can-be-checked', () => {
  it('one note for gateways of namespaces of which none is shown', () => {
    const { findings, diagnostics } = found(bound('mesh', 'gw', 'istio-system/main', 'istio-system/other'), gateway('x', 'edge'));
    expect([findings, diagnostics[0]?.message]).toEqual([
      ['MS5792 line 6'],
      '3 Gateways or delegates in the namespaces bookinfo and istio-system could not be checked: none from there is in the input',
    ]);
  });

  it('counts delegates', () => {
    const root = virtualService('hosts: [a.example.com]\nhttp: [{delegate: {name: cart, namespace: shop}}]');
    expect(found(root).diagnostics[0]?.message).toBe(
      '1 Gateway or delegate in the namespace shop could not be checked: none from there is in the input',
    );
    expect(
      found(root, manifest('VirtualService', 'cart', 'http: [{route: [{destination: {host: cart}}]}]', { namespace: 'shop' })).codes,
    ).toEqual([]);
  });

  it('no note where one is shown', () => {
    expect(found(bound('gw'), gateway('gw')).codes).toEqual([]);
    expect(found(bound('gx'), gateway('gw')).codes).toEqual([]);
    expect(found(bound('gw'), gateway('gw', 'istio-system')).codes).toEqual([]);
  });

  it('is silent about what intents render', () => {
    const intents =
      'service: reviews\nport: 9080\nexpose: [{gateway: istio-system/main, hosts: [a.example.com]}]\n---\ngateway: istio-system/main\nexternal: true\n';
    expect(rendered(intents, { notes: true }).codes).toEqual([]);
  });
});

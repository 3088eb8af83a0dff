import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, destinationRule, manifest, virtualService } from '../../../support/checked.ts';
import { service } from '../../../support/cluster-objects.ts';
import { rendered } from '../../../support/rendered.ts';

const to = (...hosts: readonly string[]) =>
  virtualService(`hosts: [reviews]\nhttp:\n${hosts.map((host) => `- {route: [{destination: {host: ${host}}}]}`).join('\n')}`);
const found = (...texts: readonly string[]) => checked(documents(...texts), { only: ['MS5790'], notes: true });

describe('hosts-can-be-checked', () => {
  it('one note for all hosts of namespaces whose Services are not shown, at the first', () => {
    const { findings, diagnostics } = found(
      to('reviews', 'reviews.bookinfo.svc.cluster.local', 'cart.shop.svc.cluster.local'),
      destinationRule('host: ratings'),
    );
    expect([findings, diagnostics[0]?.message, diagnostics[0]?.severity]).toEqual([
      ['MS5790 line 7'],
      '3 hosts in the namespaces bookinfo and shop could not be checked: no Service from there is in the input',
      'info',
    ]);
  });

  it('no note where Services are shown, for wildcards, or for hosts that are known', () => {
    expect(found(to('reviews'), service('reviews')).codes).toEqual([]);
    expect(found(destinationRule('host: "*.local"')).codes).toEqual([]);
    expect(found(manifest('Sidecar', 'default', 'egress: [{hosts: ["./*", "*/*.example.com"]}]')).codes).toEqual([]);
  });

  it('counts hosts outside, and hosts of Sidecars', () => {
    expect(found(to('api.example.com')).diagnostics[0]?.message).toBe('1 host could not be checked: no Service is in the input');
    expect(found(manifest('Sidecar', 'default', 'egress: [{hosts: [./reviews.bookinfo.svc.cluster.local]}]')).codes).toEqual(['MS5790']);
  });

  it('names a few of many namespaces', () => {
    const many = to(...['a', 'b', 'c', 'd', 'e', 'f'].map((namespace) => `x.${namespace}.svc.cluster.local`));
    expect(found(many).diagnostics[0]?.message).toContain('6 hosts in the namespaces a, b, c, d and 2 more could not');
  });

  it('is silent about what intents render', () => {
    const intent = 'service: reviews\nport: 9080\nroutes: [{match: {uri: {prefix: /x}}, to: {host: legacy}}]\n';
    expect(rendered(intent, { notes: true }).codes).toEqual([]);
    const legacy = { environment: 'manifests: [legacy]', files: { 'mesh/legacy/a.yaml': to('other') }, notes: true };
    expect(rendered(intent, legacy).codes).toContain('MS5790');
  });
});

import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, manifest, virtualService } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';

const to = (host: string) =>
  virtualService(
    `hosts: [reviews]\nhttp: [{route: [{destination: {host: ${host}, subset: v1}}, {destination: {host: ${host}, subset: v2}}]}]`,
  );
const rule = (namespace: string, host = 'cart.shop.svc.cluster.local') =>
  manifest('DestinationRule', 'cart', `host: ${host}\nsubsets: [{name: v1}, {name: v2}]`, { namespace });
const found = (...texts: readonly string[]) => checked(documents(...texts), { only: ['MS5791'], notes: true });

describe('subsets-can-be-checked', () => {
  it('one note for the subsets of hosts whose namespace is not shown', () => {
    const { findings, diagnostics } = found(to('cart.shop.svc.cluster.local'));
    expect([findings, diagnostics[0]?.message]).toEqual([
      ['MS5791 line 6'],
      '2 subsets of hosts in the namespace shop could not be checked: no DestinationRule from there is in the input',
    ]);
    expect(found(to('api.example.com')).diagnostics[0]?.message).toBe(
      '2 subsets of hosts could not be checked: no DestinationRule of theirs is in the input',
    );
  });

  it('no note where a rule is shown, or the host is of the same namespace', () => {
    expect(found(to('cart.shop.svc.cluster.local'), rule('shop')).codes).toEqual([]);
    expect(found(to('cart.shop.svc.cluster.local'), rule('bookinfo')).codes).toEqual([]);
    expect(found(to('reviews')).codes).toEqual([]);
  });

  it('is silent about what intents render', () => {
    const intent =
      'service: reviews\nport: 9080\nroutes: [{match: {uri: {prefix: /x}}, to: {host: cart.shop.svc.cluster.local, subset: v1}}]\n';
    expect(rendered(intent, { notes: true }).codes).toEqual([]);
  });
});

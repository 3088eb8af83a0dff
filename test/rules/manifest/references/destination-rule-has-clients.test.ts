import { describe, expect, it } from 'vitest';
import { checked, manifest } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';

const rule = (exportTo: string, { namespace = 'frontend', host = 'reviews.bookinfo.svc.cluster.local' } = {}) =>
  manifest('DestinationRule', 'rule', `host: "${host}"\n${exportTo}`, { namespace });
const found = (text: string) => checked(text, { only: ['MS5711'] }).diagnostics.map(({ message }) => message);

describe('destination-rule-has-clients', () => {
  it.each([
    ['for its own clients', rule('')],
    ['for its own clients, in so many words', rule('exportTo: ["."]')],
    ['for everyone, as is the default', rule('exportTo: ["*"]')],
    ["in the host's namespace", rule('exportTo: [shop]', { namespace: 'bookinfo' })],
    ['in the root namespace', rule('exportTo: [shop]', { namespace: 'istio-system' })],
    ['for a wildcard', rule('exportTo: [shop]', { host: '*.local' })],
    ['for a host outside that nobody declares', rule('exportTo: [shop]', { host: 'api.example.com' })],
  ])('fine: %s', (_, text) => {
    expect(found(text)).toEqual([]);
  });

  it('warning: exported where nobody looks', () => {
    const end = ': reviews.bookinfo.svc.cluster.local belongs to the namespace bookinfo';
    expect(found(rule('exportTo: [shop]'))).toEqual([`DestinationRule frontend/rule is exported to shop, but nobody uses it${end}`]);
    expect(found(rule('exportTo: [".", shop]'))).toEqual([
      `DestinationRule frontend/rule is exported to shop, but only clients in frontend use it${end}`,
    ]);
    expect(checked(rule('exportTo: [shop]'), { only: ['MS5711'] }).findings).toEqual(['MS5711 line 6']);
  });

  it('leaves what is said of intents for foreign hosts to others', () => {
    const intent = 'service: reviews\nhost: reviews.shop.svc.cluster.local\nport: 9080\nversions: [v1]\nexportTo: [frontend]\n';
    expect(rendered(intent).codes).toEqual(['MS2015']);
  });
});

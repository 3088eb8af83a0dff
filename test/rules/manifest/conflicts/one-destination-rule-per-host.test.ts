import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, manifest } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';

const only = ['MS5003'];
const rule = (name: string, spec: string, namespace = 'bookinfo') => manifest('DestinationRule', name, spec, { namespace });
const two = (one: string, other: string) => documents(rule('one', `host: reviews\n${one}`), rule('two', `host: reviews\n${other}`));
const v1 = (version: string) => `subsets: [{name: v1, labels: {version: ${version}}}]`;
const policy = (lb: string) => `trafficPolicy: {loadBalancer: {simple: ${lb}}}`;

describe('one-destination-rule-per-host', () => {
  it.each([
    ['one subset in both', v1('v1'), v1('v1-new'), 'the subset `v1`'],
    [
      'a subset with another policy',
      v1('v1'),
      'subsets: [{name: v1, labels: {version: v1}, trafficPolicy: {tls: {mode: DISABLE}}}]',
      'the subset `v1`',
    ],
    ['a policy in both', policy('RANDOM'), policy('ROUND_ROBIN'), 'a `trafficPolicy`'],
    [
      'both for the same clients',
      `workloadSelector: {matchLabels: {app: a}}\n${policy('RANDOM')}`,
      `workloadSelector: {matchLabels: {app: a}}\n${policy('ROUND_ROBIN')}`,
      'a `trafficPolicy`',
    ],
  ])('error: %s, of which the older would win', (_, one, other, both) => {
    const { diagnostics } = checked(two(one, other), { only });
    expect(diagnostics.map(({ message }) => message)).toEqual([
      `DestinationRule bookinfo/two and DestinationRule bookinfo/one both set ${both} for reviews.bookinfo.svc.cluster.local`,
    ]);
    expect(diagnostics[0]?.related).toHaveLength(1);
  });

  it('error: at the words themselves, by any spelling of the host', () => {
    const text = documents(rule('one', `host: reviews\n${v1('v1')}`), rule('two', `host: reviews.bookinfo.svc.cluster.local\n${v1('v2')}`));
    expect(checked(text, { only }).findings).toEqual(['MS5003 line 13']);
  });

  it.each([
    ['what Istio adds up', v1('v1'), 'subsets: [{name: v2, labels: {version: v2}}]'],
    ['subsets and a policy', v1('v1'), policy('RANDOM')],
    ['the same in both', `${v1('v1')}\n${policy('RANDOM')}`, `${v1('v1')}\n${policy('RANDOM')}`],
    [
      'each for other clients',
      `workloadSelector: {matchLabels: {app: a}}\n${v1('v1')}`,
      `workloadSelector: {matchLabels: {app: b}}\n${v1('v2')}`,
    ],
    ['some clients and all others', `workloadSelector: {matchLabels: {app: a}}\n${v1('v1')}`, v1('v2')],
  ])('fine: %s', (_, one, other) => {
    expect(checked(two(one, other), { only }).findings).toEqual([]);
  });

  it('fine: two namespaces, of which a client sees one; a wildcard, which is another host', () => {
    const host = 'host: a.example.com\n';
    expect(checked(documents(rule('one', host + v1('v1')), rule('two', host + v1('v2'), 'other')), { only }).findings).toEqual([]);
    expect(checked(documents(rule('one', host + v1('v1')), rule('two', `host: "*.example.com"\n${v1('v2')}`)), { only }).findings).toEqual(
      [],
    );
  });

  it('from 1.24 on those that are exported otherwise are not merged; before, all are', () => {
    const text = two(`exportTo: [bank]\n${policy('RANDOM')}`, `exportTo: [shop]\n${policy('ROUND_ROBIN')}`);
    expect(checked(text, { only, istio: '1.24' }).findings).toEqual([]);
    expect(checked(text, { only, istio: '1.23' }).codes).toEqual(only);
  });

  it('leads to the intents', () => {
    const service = (name: string, words: string) => `service: ${name}\nhost: h\n${words}\n`;
    const both = (one: string, other: string) => rendered(documents(service('one', one), service('two', other)));
    expect(both('loadBalancer: RANDOM', 'tls: {mode: DISABLE}').codes).toEqual(only);
    expect(both('versions: {v1: {labels: {version: a}}}', 'versions: {v2: {}, v1: {labels: {version: b}}}').findings).toEqual([
      'MS5003 line 7',
    ]);
    expect(both('versions: [v1]', 'loadBalancer: RANDOM').findings).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, manifest } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';

const only = ['MS5800'];
const rule = (host: string, { name = 'reviews', namespace = 'bookinfo' } = {}) =>
  manifest('DestinationRule', name, `host: ${host}`, { namespace });

describe('one-manifest-per-object', () => {
  it('error: two that say different things; the older apiVersion is the same object', () => {
    expect(checked(documents(rule('reviews'), rule('ratings')), { only }).findings).toEqual(['MS5800 line 9']);
    expect(checked(documents(rule('reviews'), rule('ratings').replace('/v1', '/v1beta1')), { only }).codes).toEqual(only);
    expect(checked(documents(rule('a'), rule('b'), rule('c')), { only }).findings).toEqual(['MS5800 line 9', 'MS5800 line 15']);
  });

  it('error: one names the namespace that the other is in by default', () => {
    const without = rule('ratings').replace(', namespace: bookinfo', '');
    expect(checked(documents(rule('reviews'), without), { only, namespace: 'bookinfo' }).codes).toEqual(only);
    expect(checked(documents(rule('reviews'), without), { only }).codes).toEqual([]);
  });

  it.each([
    ['copies', rule('reviews')],
    ['another name', rule('ratings', { name: 'ratings' })],
    ['another namespace', rule('ratings', { namespace: 'shop' })],
    ['another kind', manifest('VirtualService', 'reviews', 'hosts: [reviews]\nhttp: [{route: [{destination: {host: reviews}}]}]')],
  ])('fine: %s', (_, other) => {
    expect(checked(documents(rule('reviews'), other), { only }).findings).toEqual([]);
  });

  it('of an environment another finding says it', () => {
    const files = { 'mesh/old/a.yaml': rule('reviews'), 'mesh/old/b.yaml': rule('ratings') };
    expect(rendered('', { environment: 'manifests: [old]', files }).codes).toEqual(['MS4080']);
  });
});

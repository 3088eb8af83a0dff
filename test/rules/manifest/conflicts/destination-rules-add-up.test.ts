import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, manifest } from '../../../support/checked.ts';

const only = ['MS5801'];
const rule = (name: string, spec: string, namespace = 'bookinfo') => manifest('DestinationRule', name, spec, { namespace });
const subset = (name: string) => `subsets: [{name: ${name}, labels: {version: ${name}}}]`;
const two = (one: string, other: string, namespace?: string) =>
  documents(
    rule('one', `host: a.example.com\n${one}\n${subset('v1')}`),
    rule('two', `host: a.example.com\n${other}\n${subset('v2')}`, namespace),
  );
const nothing = 'trafficPolicy: {loadBalancer: {simple: RANDOM}}';

describe('destination-rules-add-up', () => {
  it.each([
    ['everyone by name and by default', 'exportTo: ["*"]', nothing],
    ['its own namespace and everyone', 'exportTo: ["."]', 'exportTo: ["*"]'],
    ['one that the other names too', 'exportTo: [shop]', 'exportTo: [shop, bank]'],
    ['its own namespace, by name and by sign', 'exportTo: ["."]', 'exportTo: [bookinfo]'],
  ])('error: seen together, and not merged: %s', (_, one, other) => {
    const { codes, diagnostics } = checked(two(one, other), { only });
    expect(codes).toEqual(only);
    expect(diagnostics[0]?.message).toMatch(/are both for a\.example\.com, but do not add up: they differ in `exportTo`$/);
  });

  it('error: at `exportTo`, or at the host where there is none', () => {
    expect(checked(two(nothing, 'exportTo: ["*"]'), { only }).findings).toEqual(['MS5801 line 14']);
    expect(checked(two('exportTo: ["*"]', nothing), { only }).findings).toEqual(['MS5801 line 13']);
  });

  it('error: a rule of just its own namespace beside one for some workloads', () => {
    const some = 'workloadSelector: {matchLabels: {app: a}}';
    expect(checked(two(some, 'exportTo: ["."]'), { only }).diagnostics[0]?.message).toContain('a `workloadSelector` in the other');
    expect(checked(two('exportTo: ["."]', some), { only }).codes).toEqual(only);
    expect(checked(two(some, 'exportTo: [bookinfo]'), { only }).codes).toEqual([]);
    expect(checked(two(some, nothing), { only }).codes).toEqual([]);
    expect(checked(two(some, 'exportTo: ["."]'), { only, istio: '1.23' }).codes).toEqual([]);
  });

  it.each([
    ['exported alike, in any order', 'exportTo: [shop, bank]', 'exportTo: [bank, shop]'],
    ['no client sees both', 'exportTo: [shop]', 'exportTo: [bank]'],
  ])('fine: %s', (_, one, other) => {
    expect(checked(two(one, other), { only }).findings).toEqual([]);
  });

  it('fine: they say the same; two namespaces', () => {
    const one = (name: string, exportTo: string) => rule(name, `host: a.example.com\nexportTo: [${exportTo}]\n${subset('v1')}`);
    expect(checked(documents(one('one', '"."'), one('two', '"*"')), { only }).findings).toEqual([]);
    expect(checked(two('exportTo: ["."]', 'exportTo: ["*"]', 'other'), { only }).findings).toEqual([]);
  });

  it('before 1.24 the merged rule is exported as the older one alone was', () => {
    expect(checked(two('exportTo: [shop]', 'exportTo: [bank]'), { only, istio: '1.23' }).codes).toEqual(only);
    expect(checked(two('exportTo: [shop]', 'exportTo: [bank]'), { only, istio: '1.24' }).codes).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, manifest } from '../../../support/checked.ts';

const only = ['MS5808'];

/** Seven lines, the route on the seventh. */
function routed(name: string, route = '', { hosts = '"*"', more = '', to = name } = {}) {
  const destination = `route: [{destination: {host: ${to}, port: {number: 80}}}]`;
  return manifest('VirtualService', name, `hosts: [${hosts}]\ngateways: [gw]\nhttp: [${more}{${route}${destination}}]`);
}

const two = (one: string, other: string) => checked(documents(routed('one', one), routed('two', other)), { only });

describe('one-catch-all-per-virtual-host', () => {
  it.each([
    ['no match', '', ''],
    ['the root path, as prefix and as pattern', 'match: [{uri: {prefix: /}}], ', 'match: [{uri: {regex: ".*"}}], '],
    ['a match without conditions', 'match: [{name: all}], ', ''],
    ['one of several alternatives', 'match: [{uri: {exact: /a}}, {uri: {prefix: /}}], ', ''],
  ])('error: %s', (_, one, other) => {
    const { findings, diagnostics } = two(one, other);
    expect(findings).toEqual(['MS5808 line 15']);
    expect(diagnostics[0]?.message).toBe(
      'VirtualService bookinfo/two and VirtualService bookinfo/one both take everything that is left of all hosts on the gateway bookinfo/gw',
    );
  });

  it.each([
    ['a path', 'match: [{uri: {prefix: /api}}], ', ''],
    ['a method', 'match: [{method: {exact: GET}}], ', ''],
    ['a header', 'match: [{uri: {prefix: /}, headers: {x: {}}}], ', ''],
    ['a header that must be absent', 'match: [{withoutHeaders: {x: {}}}], ', ''],
    ['a port', 'match: [{port: 80}], ', ''],
    ['another gateway', 'match: [{gateways: [other]}], ', ''],
  ])('fine: one of them asks for %s', (_, one, other) => {
    expect(two(one, other).findings).toEqual([]);
  });

  it('fine: other hosts; both lead to the same', () => {
    expect(checked(documents(routed('one', '', { hosts: 'a.example.com' }), routed('two', '', { hosts: '"*"' })), { only }).codes).toEqual(
      [],
    );
    expect(checked(documents(routed('one'), routed('two', '', { to: 'one' })), { only }).codes).toEqual([]);
  });

  it('of three, each later one is named once', () => {
    expect(checked(documents(routed('one'), routed('two'), routed('three')), { only }).findings).toEqual([
      'MS5808 line 15',
      'MS5808 line 23',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, manifest } from '../../../support/checked.ts';

const only = ['MS5858'];
const to = 'route: [{destination: {host: reviews}}]';

function root(match: string, { name = 'root', more = '' } = {}) {
  const written = match === '' ? '' : `match: [${match}], `;
  return manifest(
    'VirtualService',
    name,
    `hosts: [${name}.example.com]\ngateways: [gw]\nhttp: [{${written}delegate: {name: leaf${more}}}]`,
  );
}

/** The match on the fifth line. */
const leaf = (match: string) => manifest('VirtualService', 'leaf', `http: [{${match === '' ? '' : `match: [${match}], `}${to}}]`);
const found = (rootMatch: string, leafMatch: string) => checked(documents(leaf(leafMatch), root(rootMatch)), { only });

describe('delegate-match-within-root', () => {
  it.each([
    ['another prefix', '{uri: {prefix: /x}}', '{uri: {prefix: /y}}'],
    ['a wider prefix', '{uri: {prefix: /x/y}}', '{uri: {prefix: /x}}'],
    ['another exact path', '{uri: {exact: /x}}', '{uri: {exact: /y}}'],
    ['a pattern under a prefix', '{uri: {prefix: /x}}', '{uri: {regex: "/x/.*"}}'],
    ['another method', '{method: {exact: GET}}', '{method: {exact: POST}}'],
    ['another value of a header', '{headers: {x: {exact: a}}}', '{headers: {x: {exact: b}}}'],
    ['another port', '{port: 80}', '{port: 81}'],
    ['one alternative of two', '{uri: {prefix: /x}}', '{uri: {prefix: /x/y}}, {uri: {prefix: /y}}'],
    ['none of two', '{uri: {prefix: /a}}, {uri: {prefix: /b}}', '{uri: {prefix: /c}}'],
  ])('warning: %s', (_, rootMatch, leafMatch) => {
    expect(found(rootMatch, leafMatch).findings).toEqual(['MS5858 line 5']);
  });

  it('says which match, and where it is delegated', () => {
    const [finding] = found('{uri: {prefix: /x}}', '{uri: {prefix: /x/y}}, {uri: {prefix: /y}}').diagnostics;
    expect([finding?.severity, finding?.message]).toEqual([
      'warning',
      'match 2 of route `http[0]` of VirtualService bookinfo/leaf does not fit into route `http[0]` of VirtualService bookinfo/root, which delegates to it, so Istio drops the whole route',
    ]);
    expect(finding?.related.map(({ message }) => message)).toEqual(['the delegating route']);
  });

  it.each([
    ['a longer prefix', '{uri: {prefix: /x}}', '{uri: {prefix: /x/y}}'],
    ['a path beneath', '{uri: {prefix: /x}}', '{uri: {exact: /x/y}}'],
    ['one of two', '{uri: {prefix: /a}}, {uri: {prefix: /b}}', '{uri: {prefix: /b/c}}'],
    ['another field', '{uri: {prefix: /x}}', '{headers: {x: {exact: a}}}'],
    ['no match of the root', '', '{uri: {prefix: /y}}'],
    ['no match of the delegate', '{uri: {prefix: /x}}', ''],
  ])('fine: %s', (_, rootMatch, leafMatch) => {
    expect(found(rootMatch, leafMatch).findings).toEqual([]);
  });

  it('fine: another root keeps the route; the delegate is not found', () => {
    const routes = [leaf('{uri: {prefix: /y}}'), root('{uri: {prefix: /x}}')];
    expect(checked(documents(...routes, root('{uri: {prefix: /y}}', { name: 'other' })), { only }).findings).toEqual([]);
    expect(checked(documents(...routes, root('{uri: {prefix: /z}}', { name: 'other' })), { only }).findings).toEqual(['MS5858 line 5']);
    expect(
      checked(documents(leaf('{uri: {prefix: /y}}'), root('{uri: {prefix: /x}}', { more: ', namespace: shop' })), { only }).codes,
    ).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import type { MeshRequest } from '../../../../src/model/routing.ts';
import { checked } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';
import { findings, httpList, takes } from './http-list.ts';

const only = ['MS5850'];
const gateways = 'hosts: [reviews.example.com]\ngateways: [mesh, gw]';

describe('reachable-http-route', () => {
  // What Istio says too (IST0130, IST0131).
  it.each([
    ['a longer prefix', ['{uri: {prefix: /api}}', '{uri: {prefix: /api/v1}}']],
    ['a route without a match before it', ['', '{uri: {prefix: /a}}, {uri: {prefix: /b}}']],
    ['two without', ['', '']],
    ['the same match under another name', ['{uri: {exact: /a}}', '{uri: {exact: /a}, name: other}']],
  ])('warning: %s', (_, routes) => {
    expect(findings(routes, only)).toEqual(['MS5850 line 8']);
  });

  // Istio is silent.
  it.each([
    ['an exact path beneath a prefix', ['{uri: {prefix: /a}}', '{uri: {exact: /a/b}}']],
    ['a regex beneath a prefix', ['{uri: {prefix: /a/}}', '{uri: {regex: "/a/[0-9]+"}}']],
    ['a prefix within a regex', ['{uri: {regex: "/a.*"}}', '{uri: {prefix: /a/b}}']],
    ['one more condition', ['{uri: {prefix: /a}}', '{uri: {prefix: /a}, headers: {x: {exact: b}}}']],
    ['a prefix that everything begins with', ['{uri: {prefix: /}}', '']],
    ['letters of either case', ['{uri: {prefix: /API}, ignoreUriCase: true}', '{uri: {prefix: /api/v1}}']],
    ['header names of either case', ['{headers: {X: {exact: a}}}', '{headers: {x: {exact: a}}}']],
    ['a narrower method', ['{method: {prefix: P}}', '{method: {exact: PUT}}']],
    ['one port of all', ['{uri: {prefix: /a}}', '{uri: {prefix: /a}, port: 80}']],
    ['the host by another name', ['{headers: {Host: {prefix: a}}}', '{authority: {exact: a.b}}']],
    ['an empty condition on a value that is there', ['{headers: {x: {}}}', '{headers: {x: {regex: ".+"}}}']],
    ['a value that is left out before a list of others', ['{withoutHeaders: {x: {exact: a}}}', '{headers: {x: {regex: "b|c"}}}']],
  ])('warning: %s', (_, routes) => {
    expect(findings(routes, only)).toEqual(['MS5850 line 8']);
  });

  it.each([
    ['with a header, and without', ['{headers: {x: {}}}', '{withoutHeaders: {x: {}}}', '{uri: {prefix: /b}}']],
    ['one scheme and the other', ['{scheme: {exact: http}}', '{scheme: {exact: https}}', '']],
    ['a value, and every other', ['{headers: {x: {exact: a}}}', '{withoutHeaders: {x: {exact: a}}}', '{method: {exact: GET}}']],
    ['two halves of all digits', ['{uri: {regex: "/[0-4].*"}}', '{uri: {regex: "/[5-9].*"}}', '{uri: {regex: "/[0-9]+"}}']],
  ])('warning: two routes take it all together: %s', (_, routes) => {
    expect(findings(routes, only)).toEqual(['MS5850 line 9']);
  });

  it('warning: a route for each gateway before one for all', () => {
    const routes = ['{gateways: [mesh]}', '{gateways: [bookinfo/gw]}', '{uri: {prefix: /a}}'];
    expect(findings(routes, only, { head: gateways })).toEqual(['MS5850 line 10']);
  });

  // Istio warns of each of these; the request shows that the later route has something to do.
  it.each<[string, string, string, Partial<MeshRequest>]>([
    ['another method than GET', '{uri: {prefix: /a}, method: {exact: GET}}', '{uri: {prefix: /a/b}}', { method: 'POST', path: '/a/b' }],
    ['the other scheme', '{uri: {prefix: /a}, scheme: {exact: https}}', '{uri: {prefix: /a/b}}', { path: '/a/b' }],
    ['other pods', '{uri: {prefix: /a}, sourceLabels: {app: web}}', '{uri: {prefix: /a/b}}', { path: '/a/b' }],
    ['another host', '{uri: {prefix: /a}, authority: {exact: a.b}}', '{uri: {prefix: /a/b}}', { path: '/a/b' }],
    [
      'a header that begins alike',
      '{uri: {prefix: /a}, headers: {x: {exact: ab}}}',
      '{uri: {prefix: /a/b}, headers: {x: {exact: a}}}',
      { path: '/a/b', headers: { x: 'a' } },
    ],
    [
      'another pattern',
      '{uri: {prefix: /a}, headers: {x: {regex: a}}}',
      '{uri: {prefix: /a/b}, headers: {x: {regex: b}}}',
      { path: '/a/b', headers: { x: 'b' } },
    ],
    ['capitals', '{uri: {prefix: /a}}', '{uri: {prefix: /a/b}, ignoreUriCase: true}', { path: '/A/B' }],
  ])('fine, though Istio warns: %s', (_, first, second, request) => {
    expect(findings([first, second], only)).toEqual([]);
    expect([takes(first, request), takes(second, request)]).toEqual([false, true]);
  });

  it.each([
    ['another path', ['{uri: {exact: /a}}', '{uri: {prefix: /a}}']],
    ['another port', ['{port: 80}', '{port: 81}']],
    ['a gateway where labels count for nothing', ['{gateways: [gw], sourceLabels: {app: a}}', '{sourceLabels: {app: a}}']],
    ['a path that the regex needs a letter more for', ['{uri: {regex: "/a.+"}}', '{uri: {prefix: /a}}']],
    ['patterns that grow too large together', ['{uri: {regex: "/(a|b)*a(a|b){18}"}}', '{uri: {regex: "/(a|b)*b(a|b){17}"}}']],
  ])('fine: %s', (_, routes) => {
    expect(findings(routes, only, { head: gateways })).toEqual([]);
  });

  it('a missing header counted as an empty one only from 1.22 on', () => {
    const routes = ['{withoutHeaders: {x: {exact: a}}}', '{withoutHeaders: {x: {}}}'];
    expect(findings(routes, only)).toEqual(['MS5850 line 8']);
    expect(findings(routes, only, { istio: '1.21' })).toEqual([]);
  });

  it('says which requests, and where they go', () => {
    const text = httpList(['{uri: {prefix: /api}}', '{uri: {prefix: /api/v1}, headers: {end-user: {exact: jason}}}']);
    const [finding] = checked(text, { only }).diagnostics;
    expect(finding?.message).toBe(
      'no request reaches route `http[1]` of VirtualService bookinfo/reviews: all that match it, such as GET /api/v1 with `end-user: jason`, go to `http[0]`',
    );
    expect(finding?.related.map(({ message, at }) => [message, text.slice(at.start, at.end)])).toEqual([
      ['taken here', '{uri: {prefix: /api}}'],
    ]);
  });

  describe('with delegates', () => {
    const root = (first: string, second: string) =>
      `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: root, namespace: bookinfo}
spec:
  hosts: [bookinfo.example.com]
  gateways: [gw]
  http:
  - ${first}
  - ${second}
`;
    const delegate = (name: string, routes: string, namespace = 'bookinfo', more = '') =>
      `---\napiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec: {${more}http: [${routes}]}\n`;
    const to = 'route: [{destination: {host: reviews}}]';
    const roots = root(`{match: [{uri: {prefix: /a}}], delegate: {name: a}}`, `{match: [{uri: {prefix: /a/b}}], ${to}}`);
    const found = (text: string) => checked(text, { only }).findings;

    it('what a delegate leaves goes on to the next route', () => {
      expect(found(roots)).toEqual([]);
      expect(found(roots + delegate('a', `{match: [{uri: {prefix: /a/x}}], ${to}}`))).toEqual([]);
      expect(found(roots + delegate('a', `{${to}}`))).toEqual(['MS5850 line 9']);
      expect(found(roots + delegate('a', `{${to}}`, 'other'))).toEqual([]);
    });

    it('a delegate that the root does not see leaves all', () => {
      const elsewhere = roots.replace('delegate: {name: a}', 'delegate: {name: a, namespace: other}');
      expect(found(elsewhere + delegate('a', `{${to}}`, 'other'))).toEqual(['MS5850 line 9']);
      expect(found(elsewhere + delegate('a', `{${to}}`, 'other', 'exportTo: ["."], '))).toEqual([]);
      expect(found(elsewhere + delegate('a', `{${to}}`, 'other', 'exportTo: [bookinfo], '))).toEqual(['MS5850 line 9']);
    });

    it('a delegate behind a route that takes everything', () => {
      expect(found(root(`{${to}}`, '{match: [{uri: {prefix: /a}}], delegate: {name: a}}'))).toEqual(['MS5850 line 9']);
    });

    // With a root for /a/b Istio drops the route for /a, and keeps the one for /a/b/c.
    it.each([
      ['{match: [{uri: {prefix: /a}}]', '{match: [{uri: {prefix: /a/b/c}}]', 0],
      ['{match: [{uri: {prefix: /a}}]', '{match: [{uri: {prefix: /a}, headers: {x: {exact: a}}}]', 1],
      ['{match: [{uri: {prefix: /a}}, {uri: {prefix: /b}}]', '{match: [{uri: {prefix: /a}, port: 80}]', 0],
      ['{match: [{port: 80}]', '{match: [{port: 80, sourceNamespace: bookinfo}]', 0],
      ['{match: [{port: 80}]', '{match: [{uri: {prefix: /a}, port: 80, ignoreUriCase: true}]', 0],
      ['{timeout: 1s', '{match: [{uri: {prefix: /a}}]', 1],
    ])('within a delegate %s takes from %s only where it is sure to stay', (first, second, count) => {
      expect(found(delegate('a', `${first}, ${to}}, ${second}, ${to}}`).slice(4))).toHaveLength(count);
    });
  });

  describe('in intents', () => {
    const versions = 'service: reviews\nport: 9080\nversions: [v1, v2, v3]\nstable: v1\n';
    const pins = (...lines: readonly string[]) => `${versions}pins:\n${lines.map((line) => `- ${line}\n`).join('')}`;

    it('a pin that an earlier one takes, once, however many routes it stands on', () => {
      const intent = pins(
        '{match: {headers: {end-user: {prefix: ja}}}, version: v2}',
        '{user: joe, version: v3}',
        '{user: jason, version: v3}',
      );
      const routes = 'routes:\n- {match: {uri: {prefix: /a}}, timeout: 1s}\n- {match: {uri: {prefix: /b}}, timeout: 2s}\n';
      expect(rendered(intent).findings).toEqual(['MS5850 line 8']);
      expect(rendered(intent + routes).findings).toEqual(['MS5850 line 8']);
    });

    it('a route behind one that takes its paths, but no pin for its sake', () => {
      const intent = `${pins('{user: jason, version: v2}')}routes:\n- {match: {uri: {prefix: /a}}, to: v3}\n- {match: {uri: {prefix: /a/b}}, timeout: 1s}\n`;
      expect(rendered(intent).findings).toEqual(['MS3002 line 8', 'MS5850 line 9']);
    });

    it('`stable` behind a route that takes everything, if it is written', () => {
      const all = 'routes:\n- {match: {uri: {prefix: /}}, to: {host: other}}\n';
      expect(rendered(`${versions}${all}`).findings).toEqual(['MS5850 line 4']);
      expect(rendered(`service: reviews\nport: 9080\n${all}`).findings).toEqual([]);
    });

    it('what follows a route without a condition', () => {
      expect(
        rendered(`${versions.replace('stable: v1\n', '')}routes:\n- to: v1\n- {match: {uri: {prefix: /a}}, to: v2}\n`).findings,
      ).toEqual(['MS5850 line 6']);
    });
  });
});

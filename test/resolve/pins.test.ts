import { describe, expect, it } from 'vitest';
import { listOr, objectOr } from '../../src/model/json.ts';
import { httpGateway, reviews } from '../support/builders.ts';
import { rendered, routeLines } from '../support/rendered.ts';

const lines = (intents: string, title = 'VirtualService reviews', options = {}) => routeLines(rendered(intents, options).http(title));

describe('pins: these users or requests always get this version', () => {
  it('stand before the inheriting route, in the order written, and beat percentages', () => {
    const pins = `canary: {version: v3, percent: 10}
pins:
  - {user: jason, version: v2}
  - {users: [tester-1, tester-2], version: v3}
  - {match: {headers: {x-beta: {exact: "1"}}}, version: v3}
`;
    expect(lines(reviews + pins)).toEqual([
      'end-user=jason → reviews/v2',
      'end-user=tester-1 | end-user=tester-2 → reviews/v3',
      'x-beta=1 → reviews/v3',
      'all → reviews/v1=90 reviews/v3=10',
    ]);
  });

  it('hold on every route that inherits, and not on those with an answer of their own', () => {
    const words = `pins: [{user: jason, version: v2}]
routes:
  - {name: slow, match: [{uri: {prefix: /a}}, {uri: {exact: /b}}], timeout: 1s}
  - {match: {uri: {prefix: /old}}, to: v3}
  - {match: {uri: {prefix: /moved}}, redirect: {uri: /a}}
  - {match: {uri: {prefix: /gone}}, directResponse: {status: 410}}
`;
    const result = rendered(reviews + words);
    expect(routeLines(result.http('VirtualService reviews'))).toEqual([
      'uri^/a & end-user=jason | uri=/b & end-user=jason → reviews/v2',
      'uri^/a | uri=/b → reviews/v1',
      'uri^/old → reviews/v3',
      'uri^/moved → redirect',
      'uri^/gone → directResponse',
      'end-user=jason → reviews/v2',
      'all → reviews/v1',
    ]);
    expect(result.findings).toEqual(['MS3002 line 8', 'MS3002 line 9', 'MS3002 line 10']);
    expect(result.http('VirtualService reviews').map(({ name }) => name)).toEqual(['slow', 'slow', ...Array(5).fill(undefined)]);
  });

  it.each([
    ['different keys merge', '{prefix: /a}', 'headers: {x: {exact: "1"}}', ['uri^/a & x=1 → reviews/v2', 'uri^/a → reviews/v1']],
    ['the narrower stays', '{prefix: /a}', 'uri: {prefix: /a/b}', ['uri^/a/b → reviews/v2', 'uri^/a → reviews/v1']],
    ['an exact path is narrower', '{exact: /a/b}', 'uri: {prefix: /a}', ['uri=/a/b → reviews/v2', 'uri=/a/b → reviews/v1']],
    ['an impossible pair is dropped', '{prefix: /a}', 'uri: {prefix: /b}', ['uri^/a → reviews/v1']],
  ])('route × pin: %s', (_, uri, pin, expected) => {
    const words = `pins: [{match: {${pin}}, version: v2}]\nroutes: [{match: {uri: ${uri}}, timeout: 1s}]\n`;
    expect(lines(reviews + words).slice(0, expected.length)).toEqual(expected);
  });

  it('route × pin: anything else is an error at the pin', () => {
    const words = (regex: string) =>
      `pins: [{match: {uri: {regex: "${regex}"}}, version: v2}]\nroutes: [{match: {uri: {prefix: /b}}, timeout: 1s}]\n`;
    expect(rendered(reviews + words('/.*a')).findings).toEqual(['MS2026 line 5']);
    // A pattern that lies within the route's path stands for both; one that lies without has no route of its own there.
    expect(routeLines(rendered(reviews + words('/b/[0-9]+')).http('VirtualService reviews'))[0]).toMatch(/^uri~\/b\/\[0-9\]\+ →/);
    expect(rendered(reviews + words('/a.*')).http('VirtualService reviews')).toHaveLength(3);
  });

  it('may carry route fields of their own', () => {
    const fault = '{abort: {httpStatus: 500, percentage: {value: 100}}}';
    const [pinned, rest] = rendered(`${reviews}timeout: 3s\npins: [{user: jason, version: v2, fault: ${fault}, timeout: null}]\n`).http(
      'VirtualService reviews',
    );
    expect(pinned?.fault).toEqual({ abort: { httpStatus: 500, percentage: { value: 100 } } });
    expect([pinned?.timeout, rest?.timeout, rest?.fault]).toEqual([undefined, '3s', undefined]);
  });

  it('need a version that exists, a rest, and a way to know users', () => {
    expect(rendered(`${reviews}pins: [{user: jason, version: v9}]\n`).findings).toEqual(['MS2001 line 5']);
    expect(rendered('service: r\nversions: [v1]\npins: [{user: jason, version: v1}]\n').findings).toEqual(['MS2024 line 3']);
    expect(rendered(`${reviews}pins: [{user: jason, version: v2}]\n`, { environment: '' }).findings).toEqual(['MS2010 line 5']);
  });
});

describe('how users are recognised', () => {
  it('by a cookie: a regex that RE2 takes, the name and value as they are', () => {
    const [pinned] = rendered(`${reviews}pins: [{user: "a.b+c (d)", version: v2}]\n`, { environment: 'user: {cookie: user.id}' }).http(
      'VirtualService reviews',
    );
    const [match] = listOr(pinned?.match);
    const { regex } = objectOr(objectOr(objectOr(match).headers).cookie);
    expect(regex).toBe('(.*; ?)?user\\.id=a\\.b\\+c\\ \\(d\\)(;.*)?');
    const cookie = new RegExp(`^(?:${regex})$`);
    expect(['user.id=a.b+c (d)', 'x=1; user.id=a.b+c (d); y=2'].every((value) => cookie.test(value))).toBe(true);
    expect(['userxid=a.b+c (d)', 'other-user.id=a.b+c (d)', 'user.id=a.b+c (d)x'].some((value) => cookie.test(value))).toBe(false);
  });

  const byClaim = { environment: 'user: {claim: sub}' };
  const pinned = `${reviews}pins: [{user: jason, version: v2}]\n`;

  it('by a claim: on gateway VirtualServices only', () => {
    const intents = `${pinned}expose: [{gateway: gw, hosts: [shop.example.com]}]\n${httpGateway}`;
    expect(lines(intents, 'VirtualService reviews', byClaim)).toEqual(['all → reviews/v1']);
    expect(lines(intents, 'VirtualService reviews-gw', byClaim)).toEqual([
      '@request.auth.claims.sub=jason → reviews:9080/v2',
      'all → reviews:9080/v1',
    ]);
  });

  it('by a claim: neither on the joined form nor on a delegate, which Istio judges as routes of the mesh', () => {
    expect(rendered(`${pinned}expose: gw\n${httpGateway}`, byClaim).findings).toEqual(['MS2045 line 6']);
    const shared = `${pinned}${httpGateway}hosts: {shop.example.com: [{service: reviews}]}\n`;
    expect(rendered(shared, byClaim).findings).toEqual(['MS2045 line 9']);
  });

  it('by a claim: a condition that may also be met without one keeps its other half in the mesh', () => {
    const match = '[{headers: {"@request.auth.claims.sub": {exact: x}}}, {headers: {x-beta: {exact: "1"}}}]';
    const intents = `${reviews}pins: [{match: ${match}, version: v2}]\nexpose: [{gateway: gw, hosts: [a.b]}]\n${httpGateway}`;
    expect(lines(intents)).toEqual(['x-beta=1 → reviews/v2', 'all → reviews/v1']);
  });
});

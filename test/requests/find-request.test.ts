import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/model/json.ts';
import { someEffort } from '../../src/requests/effort.ts';
import { findRequest, type Search } from '../../src/requests/find-request.ts';
import { holds } from '../../src/requests/holds.ts';
import type { Condition } from '../../src/requests/literal.ts';
import { describeRequest, plainRequest } from '../../src/requests/request.ts';
import { condition, match, world } from '../support/request-world.ts';

const runs = Number(process.env.FUZZ_RUNS ?? 3000);
const seed = Number(process.env.FUZZ_SEED ?? 20_251_124);

function confirms(search: Search, inside: Condition, outside: readonly Condition[]): void {
  const counter = world.find((request) => holds(inside, request) === true && outside.every((one) => holds(one, request) === false));
  if (search.kind === 'found') {
    expect(holds(inside, search.request)).toBe(true);
    expect(outside.map((one) => holds(one, search.request))).toEqual(outside.map(() => false));
    return;
  }
  if (search.kind === 'undecided') throw new Error(`undecided: ${search.because}`);
  expect(counter).toBeUndefined();
  if (search.kind === 'taken') {
    expect(holds(inside, search.request)).toBe(true);
    expect(outside.some((one) => holds(one, search.request))).toBe(true);
  }
}

describe('a request that meets a condition and none of others', () => {
  it('one condition, or two together: as a small world says, and every request found is one', () => {
    fc.assert(
      fc.property(match, match, (a, b) => {
        const both = [...condition(a), ...condition(b)];
        confirms(findRequest(both), both, []);
      }),
      { seed, numRuns: runs },
    );
  });

  it('one condition without others', () => {
    fc.assert(
      fc.property(match, fc.array(match, { maxLength: 5 }), (a, others) => {
        const outside = others.map(condition);
        const search = findRequest(condition(a), { outside });
        confirms(search, condition(a), outside);
        // Those that are named as taking it all do so by themselves.
        if (search.kind === 'taken') {
          const named = outside.filter((_, i) => search.takenBy.includes(i));
          expect(findRequest(condition(a), { outside: named }).kind).toBe('taken');
        }
      }),
      { seed, numRuns: runs },
    );
  });

  it('one condition without many small ones, which often take it all together', () => {
    const small = match.filter((one) => Object.keys(one).filter((key) => key !== 'ignoreUriCase').length === 1);
    let takenBySeveral = 0;
    fc.assert(
      fc.property(small, fc.array(small, { minLength: 2, maxLength: 9 }), (a, others) => {
        const outside = others.map(condition);
        const search = findRequest(condition(a), { outside });
        confirms(search, condition(a), outside);
        if (search.kind === 'taken' && search.takenBy.length > 1) takenBySeveral++;
      }),
      { seed, numRuns: Math.ceil(runs / 3) },
    );
    expect(takenBySeveral).toBeGreaterThan(runs / 300);
  });
});

describe('how far it looks', () => {
  const regex = (text: string) => condition({ uri: { regex: text } });
  const [large, sameAgain] = ['/(a|b)*a(a|b){17}', '/(?:a|b)*a[ab]{17}'];

  it('gives up on patterns that are too large together', () => {
    const search = findRequest(regex(large), { outside: [regex(sameAgain)] });
    expect(search).toEqual({ kind: 'undecided', because: 'its patterns are too large together' });
  });

  it('but not on small ones', () => {
    expect(findRequest(regex(large.replace('17', '7')), { outside: [regex(sameAgain.replace('17', '7'))] }).kind).toBe('taken');
  });

  it('gives up where what searches may take together is used up', () => {
    const effort = someEffort(100);
    expect(findRequest(regex('/[ab]+'), { outside: [regex('/a+'), regex('/[ab]*b[ab]*')], effort }).kind).toBe('undecided');
  });
});

describe('what cannot be decided', () => {
  const path = condition({ headers: { ':path': { exact: '/a?b' } } });

  it('is undecided, but for what decides it all the same', () => {
    expect(findRequest(path).kind).toBe('undecided');
    expect(findRequest(condition({ uri: { exact: '/a' } }), { outside: [path] }).kind).toBe('undecided');
    expect(findRequest(path, { outside: [path] }).kind).toBe('taken');
    expect(findRequest([...path, ...condition({ uri: { exact: 'a' } })]).kind).toBe('none');
    expect(findRequest(path, { outside: [condition({ uri: { prefix: '/' } })] }).kind).toBe('taken');
    const elsewhere = [...path, ...condition({ port: 81 })];
    expect(findRequest(condition({ port: 80 }), { outside: [elsewhere] }).kind).toBe('found');
  });
});

describe('what it finds', () => {
  it.each<[JsonObject, string]>([
    [{}, 'GET /'],
    [{ uri: { prefix: '/reviews' } }, 'GET /reviews'],
    [{ uri: { regex: '/reviews/[0-9]+' }, method: { exact: 'POST' } }, 'POST /reviews/0'],
    [{ headers: { 'End-User': { exact: 'jason' } }, queryParams: { q: {}, r: { prefix: 'x' } } }, 'GET /?q=1&r=x with `end-user: jason`'],
    [{ headers: { cookie: { regex: '^(.*?;)?(user=jason)(;.*)?$' } } }, 'GET / with `cookie: user=jason`'],
    [{ headers: { a: {} }, withoutHeaders: { a: { exact: '1' } } }, 'GET / with `a: a`'],
    [{ authority: { prefix: 'shop.' }, scheme: { exact: 'https' } }, 'GET / with the host shop. and the scheme https'],
    [{ headers: { '@request.auth.claims.groups': { exact: 'admin' } } }, 'GET / with the claims {"groups":"admin"}'],
    [{ port: 9080, gateways: ['gw'] }, 'GET / on port 9080 through bookinfo/gw'],
    [{ sourceLabels: { app: 'web' }, sourceNamespace: 'shop' }, 'GET / from pods with app=web from namespace shop'],
  ])('is what a person would write: %j', (match_, words) => {
    const search = findRequest(condition(match_));
    expect(search.kind === 'found' && describeRequest(search.request)).toBe(words);
  });
});

describe('claims', () => {
  const claim = (name: string, value: JsonObject) => condition({ headers: { [`@request.auth.claims${name}`]: value } });
  const without = (name: string, value: JsonObject) => condition({ withoutHeaders: { [`@request.auth.claims${name}`]: value } });

  it('may be lists, of which one text fits each condition', () => {
    const both = [...claim('.groups', { exact: 'dev' }), ...claim('[groups]', { exact: 'admin' })];
    const search = findRequest(both);
    expect(search.kind === 'found' && search.request.claims).toEqual({ groups: ['dev', 'admin'] });
    expect(holds(both, { ...plainRequest, claims: { groups: 'dev' } })).toBe(false);
  });

  it('are no texts where they have members', () => {
    expect(findRequest([...claim('.a', { exact: 'x' }), ...claim('.a.b', { exact: 'y' })]).kind).toBe('none');
    expect(findRequest([...without('.a', { exact: 'x' }), ...claim('.a.b', { exact: 'y' })]).kind).toBe('found');
  });

  it('leave out what must not be', () => {
    expect(findRequest([...claim('.a', { prefix: 'x' }), ...without('.a', { regex: 'x.*' })]).kind).toBe('none');
    const search = findRequest(claim('.a', { prefix: 'x' }), { outside: [claim('.a', { exact: 'x' })] });
    expect(search.kind === 'found' && search.request.claims).toEqual({ a: 'xa' });
    expect(findRequest(claim('.a', { exact: 'xy' }), { outside: [claim('.a', { prefix: 'x' })] }).kind).toBe('taken');
  });
});

import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { compareDecision } from '../../src/expect/compare-decision.ts';
import { expectationOf } from '../../src/expect/write-tests.ts';
import { destinationRule, virtualService } from '../support/checked.ts';
import { type Asking, decision } from '../support/decided.ts';

const services = ['reviews', 'ratings']
  .map(
    (name) =>
      `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}, namespace: bookinfo}\nspec: {selector: {app: ${name}}, ports: [{name: http, port: 9080}]}\n`,
  )
  .join('---\n');
const rule = destinationRule('host: reviews\nsubsets: [{name: v1}, {name: v2}, {name: v3}]');
const routes = virtualService(`hosts: [reviews]
http:
- {match: [{uri: {prefix: /old}}], redirect: {uri: /new, redirectCode: 302}}
- {match: [{uri: {prefix: /down}}], directResponse: {status: 503}}
- {match: [{uri: {prefix: /gone}}], route: [{destination: {host: reviews, subset: v9}}]}
- match: [{uri: {prefix: /all}}]
  timeout: 5s
  retries: {attempts: 2, perTryTimeout: 1s}
  rewrite: {uri: /v1}
  headers: {request: {set: {x-canary: "1"}}}
  fault: {abort: {httpStatus: 500, percentage: {value: 10}}}
  mirror: {host: reviews, subset: v3}
  mirrorPercentage: {value: 5}
  route: [{destination: {host: reviews, subset: v1}, weight: 90}, {destination: {host: reviews, subset: v2}, weight: 10}]
- {route: [{destination: {host: ratings}}]}`);
const mesh = [services, rule, routes].join('---\n');
const namesOf = (host: string): readonly string[] => [host, `${host}.bookinfo.svc.cluster.local`];

function faults(expected: string, path: string, asked: Asking = {}): readonly string[] {
  return compareDecision(parse(expected), decision(mesh, { path, ...asked }), namesOf).map(
    ({ pointer, found, expected: wanted }) => `${pointer}: ${found}, expected ${wanted}`,
  );
}

describe('an expectation that is met', () => {
  it.each([
    ['{to: {v1: 90, v2: 10}}', '/all'],
    ['{to: {v2: 10, v1: 90}}', '/all'],
    ['{to: [{subset: v1, share: 90}, {host: reviews, port: 9080, share: 10}]}', '/all'],
    ['{to: {host: reviews, port: 9080, v1: 90, v2: 10}}', '/all'],
    ['{to: {host: ratings}}', '/'],
    ['{to: {host: ratings, subset: null, port: 9080}}', '/'],
    ['{to: {host: ratings.bookinfo.svc.cluster.local}}', '/'],
    ['{timeout: 5s, retries: {attempts: 2}, rewrite: {uri: /v1}, fault: {abort: {httpStatus: 500}}}', '/all'],
    ['{timeout: 5000ms}', '/all'],
    ['{headers: {request: {set: {x-canary: "1"}}, response: null}}', '/all'],
    ['{mirror: v3}', '/all'],
    ['{mirror: {host: reviews, subset: v3, percentage: 5}}', '/all'],
    ['{timeout: null, retries: null, mirror: null, fault: null, headers: null, failure: null}', '/'],
    ['{redirect: {redirectCode: 302}}', '/old'],
    ['{redirect: null}', '/'],
    ['{directResponse: {status: 503}}', '/down'],
    ['{failure: 503}', '/gone'],
    ['{failure: NC, to: v9}', '/gone'],
  ])('%s', (expected, path) => {
    expect(faults(expected, path)).toEqual([]);
  });

  it('also of a host that the mesh does not know', () => {
    expect(faults('{passthrough: true}', '/', { host: 'example.com', port: 80 })).toEqual([]);
  });
});

describe('one that is not met says what is', () => {
  it.each([
    [
      '{to: v1}',
      '/all',
      '/to: goes to v1 of reviews.bookinfo.svc.cluster.local:9080 (90 %) and v2 of reviews.bookinfo.svc.cluster.local:9080 (10 %), expected v1',
    ],
    ['{to: {v1: 80, v2: 20}}', '/all', 'expected v1 (80 %) and v2 (20 %)'],
    ['{to: [{subset: v1, share: 90}]}', '/all', 'expected v1 (90 %) alone'],
    ['{to: {host: reviews}}', '/', 'expected reviews'],
    ['{to: {host: ratings, v1: 90, v2: 10}}', '/all', 'expected v1 of ratings (90 %) and v2 of ratings (10 %)'],
    ['{to: {host: ratings, port: 9081}}', '/', 'expected ratings:9081'],
    ['{to: v1}', '/old', 'is redirected {uri: /new, redirectCode: 302}, expected v1'],
    ['{to: v9}', '/gone', 'where v9 of reviews.bookinfo.svc.cluster.local:9080 fails: 503 (NC), no DestinationRule'],
    ['{timeout: 4s}', '/all', '/timeout: has the timeout 5s, expected the timeout 4s'],
    ['{timeout: 4s}', '/', '/timeout: has no timeout, expected the timeout 4s'],
    ['{timeout: null}', '/all', 'has the timeout 5s, expected no timeout'],
    ['{mirror: v2}', '/all', '/mirror: is mirrored to {host: reviews, subset: v3, percentage: 5}, expected a mirror to v2'],
    ['{mirror: v2}', '/', 'is not mirrored'],
    ['{failure: 404}', '/', 'goes to ratings.bookinfo.svc.cluster.local:9080, expected failure 404'],
    ['{failure: null}', '/gone', 'expected no failure'],
    ['{redirect: {uri: /x}}', '/old', 'has the redirect {uri: /new, redirectCode: 302}, expected the redirect {uri: /x}'],
    ['{redirect: {uri: /x}}', '/', 'goes to ratings'],
    ['{passthrough: true}', '/', 'expected it to pass through'],
  ])('%s at %s', (expected, path, said) => {
    expect(faults(expected, path).join('\n')).toContain(said);
  });
});

it('what a decision is written as, it meets', () => {
  for (const path of ['/', '/all', '/old', '/down', '/gone']) {
    const one = decision(mesh, { path });
    expect(compareDecision(expectationOf(one), one, namesOf), path).toEqual([]);
  }
});

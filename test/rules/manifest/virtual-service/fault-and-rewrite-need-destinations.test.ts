import { describe, expect, it } from 'vitest';
import { reviews } from '../../../support/builders.ts';
import { rendered } from '../../../support/rendered.ts';
import { found, routed } from './found.ts';

const code = 'MS5113';
const redirect = 'redirect: {uri: /b}';
const answer = 'directResponse: {status: 404}';
const fault = 'fault: {abort: {httpStatus: 500}}';
const rewrite = 'rewrite: {uri: /}';

describe('fault-and-rewrite-need-destinations', () => {
  it.each([
    [redirect, fault, ['MS5113 line 8: fault']],
    [redirect, rewrite, ['MS5113 line 8: rewrite']],
    [answer, fault, ['MS5113 line 8: fault']],
    [answer, rewrite, ['MS5113 line 8: rewrite']],
    [answer, `${rewrite}\n  ${fault}`, ['MS5113 line 9: fault', 'MS5113 line 8: rewrite']],
    [`${answer}\n  ${redirect}`, fault, ['MS5113 line 9: fault']],
  ])('error: %s with %s', (action, change, findings) => {
    expect(found(routed(`${action}\n  ${change}`), code)).toEqual(findings);
  });

  it.each([
    redirect,
    `route: [{destination: {host: reviews}}]\n  ${fault}\n  ${rewrite}`,
    `delegate: {name: a}\n  ${redirect}\n  ${fault}`,
    `${redirect}\n  timeout: 1s\n  headers: {response: {set: {a: b}}}`,
  ])('fine, or none of its business: %s', (route) => {
    expect(found(routed(route), code)).toEqual([]);
  });

  it('leads to the intent, where a redirect does without what the service says for all routes', () => {
    const route = 'routes:\n  - match: {uri: {prefix: /a}}\n    redirect: {uri: /b}\n';
    expect(rendered(`${reviews}${route}    ${rewrite}\n`).findings).toEqual(['MS5113 line 8']);
    expect(rendered(`${reviews}${fault}\n${route}`).codes).not.toContain('MS5113');
  });
});

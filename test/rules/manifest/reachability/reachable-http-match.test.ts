import { describe, expect, it } from 'vitest';
import { checked } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';
import { findings, httpList } from './http-list.ts';

const only = ['MS5850', 'MS5851', 'MS5852'];

describe('reachable-http-match', () => {
  it.each([
    ['the first of two', ['{uri: {prefix: /a}}', '{uri: {exact: /a/b}}, {uri: {exact: /b}}']],
    ['the last of three', ['{uri: {prefix: /a}}', '{uri: {exact: /b}}, {uri: {exact: /c}}, {uri: {regex: "/a+"}}']],
  ])('warning: %s', (_, routes) => {
    expect(findings(routes, only)).toEqual(['MS5851 line 8']);
  });

  it('warning: one that earlier routes take together', () => {
    const routes = ['{headers: {x: {}}, uri: {prefix: /a}}', '{withoutHeaders: {x: {}}}', '{uri: {prefix: /a}}, {uri: {prefix: /b}}'];
    expect(findings(routes, only)).toEqual(['MS5851 line 9']);
  });

  it('all of a route is said of the route', () => {
    expect(findings(['{uri: {prefix: /a}}', '{uri: {exact: /a}}, {uri: {exact: /ab}}'], only)).toEqual(['MS5850 line 8']);
  });

  it.each([
    ['each has something', ['{uri: {exact: /a}}', '{uri: {prefix: /a}}, {uri: {exact: /b}}']],
    ['the same, later in another route', ['{uri: {exact: /b}}, {uri: {exact: /c}}', '{uri: {prefix: /}}']],
  ])('fine: %s', (_, routes) => {
    expect(findings(routes, only)).toEqual([]);
  });

  it('names the match, a request, and the route that takes it', () => {
    const [finding] = checked(httpList(['{uri: {prefix: /a}}', '{uri: {exact: /b}}, {uri: {exact: /a/1}}']), { only }).diagnostics;
    expect(finding?.message).toBe(
      'no request reaches match 2 of route `http[1]` of VirtualService bookinfo/reviews: all that it fits, such as GET /a/1, go to `http[0]`',
    );
  });

  it('a user of a pin whom an earlier pin has already', () => {
    const pins = 'pins:\n- {user: jason, version: v2}\n- users: [jason, joe]\n  version: v1\n';
    expect(rendered(`service: reviews\nport: 9080\nversions: [v1, v2]\nstable: v1\n${pins}`).findings).toEqual(['MS5851 line 7']);
  });
});

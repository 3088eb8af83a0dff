import { describe, expect, it } from 'vitest';
import { checked } from '../../../support/checked.ts';
import { findings, httpList } from './http-list.ts';

const only = ['MS5850', 'MS5851', 'MS5852'];

describe('match-adds-requests', () => {
  it.each([
    ['the same again', '{uri: {exact: /a}}, {uri: {exact: /a}}'],
    ['under another name', '{uri: {exact: /a}}, {uri: {exact: /a}, name: again}'],
    ['narrower than one before', '{uri: {prefix: /a}}, {uri: {prefix: /a}, method: {exact: GET}}'],
    ['everything, and then a part', '{}, {uri: {prefix: /a}}'],
  ])('info: %s', (_, matches) => {
    expect(findings([matches], only)).toEqual(['MS5852 line 7']);
  });

  it('info: taken in part by an earlier route, in part by its own', () => {
    const routes = ['{headers: {x: {exact: a}}}', '{withoutHeaders: {x: {exact: a}}, uri: {prefix: /a}}, {uri: {prefix: /a}}'];
    expect(findings(routes, only)).toEqual(['MS5852 line 8']);
  });

  it.each([
    ['wider than one before', '{uri: {exact: /a}}, {uri: {prefix: /a}}'],
    ['beside it', '{uri: {exact: /a}}, {uri: {exact: /b}}'],
  ])('fine: %s', (_, matches) => {
    expect(findings([matches], only)).toEqual([]);
  });

  it('tells of a long list once, with how many', () => {
    const covered = Array.from({ length: 20 }, (_, i) => `{uri: {prefix: /a/${i}}}`).join(', ');
    const { findings: found, diagnostics } = checked(httpList([`{uri: {prefix: /a}}, ${covered}`]), { only });
    expect(found).toEqual(['MS5852 line 7']);
    expect(diagnostics[0]?.message).toMatch(/^match 2 of .*; 19 other matches of the route add nothing either$/);
    const [three] = checked(httpList(['{uri: {prefix: /a}}, {uri: {exact: /a}}, {uri: {exact: /a/b}}']), { only }).diagnostics;
    expect(three?.message).toMatch(/; 1 other match of the route adds nothing either$/);
  });

  it('is a note: the route answers all the same', () => {
    const [finding] = checked(httpList(['{uri: {exact: /a}}, {uri: {exact: /a}}']), { only }).diagnostics;
    expect([finding?.severity, finding?.message]).toEqual([
      'info',
      'match 2 of route `http[0]` of VirtualService bookinfo/reviews adds nothing: what it fits, such as GET /a, is taken by matches before it',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { checked, virtualService } from '../../../support/checked.ts';

const only = ['MS5915'];
/** The rewrite stands on line 7. */
const rewritten = (match: string, uri: string) =>
  checked(
    virtualService(
      `hosts: [reviews]\nhttp:\n- rewrite: {uri: ${uri}}\n  route: [{destination: {host: reviews}}]${match === '' ? '' : `\n  match: [${match}]`}`,
    ),
    { only },
  );

describe('rewrite-keeps-slash', () => {
  it.each([
    ['the root', '{uri: {prefix: /}}', '/v1', 'rewrites `/foo` to `/v1foo`'],
    ['no match, which counts as the root', '', '/v1', 'rewrites `/foo` to `/v1foo`'],
    ['a match by header alone', '{headers: {x: {}}}', '/v1', 'rewrites `/foo` to `/v1foo`'],
    ['a prefix with a slash', '{uri: {prefix: /api/}}', '/v2', 'rewrites `/api/foo` to `/v2foo`'],
    ['one of two', '{uri: {prefix: /api}}, {uri: {prefix: /old/}}', '/v2', 'rewrites `/old/foo` to `/v2foo`'],
  ])('warning: %s', (_, match, uri, message) => {
    const { findings, diagnostics } = rewritten(match, uri);
    expect(findings).toEqual(['MS5915 line 7']);
    expect(diagnostics[0]?.message).toContain(message);
  });

  it.each([
    ['slash for slash', '{uri: {prefix: /api/}}', '/v2/'],
    ['the root to the root', '{uri: {prefix: /}}', '/'],
    ['a prefix without a slash', '{uri: {prefix: /api}}', '/v2'],
    ['a whole path', '{uri: {exact: /api/}}', '/v2'],
    ['a pattern, which is replaced whole', '{uri: {regex: "/api/.*"}}', '/v2'],
  ])('fine: %s', (_, match, uri) => {
    expect(rewritten(match, uri).findings).toEqual([]);
  });
});

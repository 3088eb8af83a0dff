import { describe, expect, it } from 'vitest';
import { reviews } from '../../support/builders.ts';
import { rendered } from '../../support/rendered.ts';

const pins = 'pins: [{user: jason, version: v2}, {match: {headers: {x: {exact: "1"}}}, version: v3}]\n';

describe('pins-not-overruled', () => {
  it.each(['to: v1', 'redirect: {uri: /b}', 'directResponse: {status: 404}'])('info: a route with %s', (answer) => {
    const [finding] = rendered(`${reviews}${pins}routes: [{match: {uri: {prefix: /a}}, ${answer}}]\n`).diagnostics;
    expect([finding?.code, finding?.severity]).toEqual(['MS3002', 'info']);
    expect(finding?.message).toContain('jason and the pin to v3 get the same answer');
  });

  it('fine: a route that inherits, or nobody pinned', () => {
    expect(rendered(`${reviews}${pins}routes: [{match: {uri: {prefix: /a}}, timeout: 1s}]\n`).findings).toEqual([]);
    expect(rendered(`${reviews}routes: [{match: {uri: {prefix: /a}}, to: v1}]\n`).findings).toEqual([]);
  });
});

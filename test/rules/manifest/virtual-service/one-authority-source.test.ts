import { describe, expect, it } from 'vitest';
import { checked } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';
import { found, routed } from './found.ts';

const service = (words: string) => `service: reviews\nport: 9080\nversions: [v1]\nstable: v1\n${words}\n`;
const byHeader = 'headers: {request: {set: {Host: shop.example.com}}}';

describe('one-authority-source', () => {
  it('error: a rewrite of the service and a header of one route', () => {
    const { findings } = rendered(service(`rewrite: {authority: a.example.com}\nroutes: [{match: {uri: {prefix: /x}}, ${byHeader}}]`));
    expect(findings).toEqual(['MS5004 line 6']);
  });

  it('fine: one of them, or the inherited one switched off', () => {
    expect(rendered(service(byHeader)).codes).toEqual([]);
    expect(rendered(service('rewrite: {authority: a.example.com}')).codes).toEqual([]);
    const off = service(`rewrite: {authority: a.example.com}\nroutes: [{match: {uri: {prefix: /x}}, rewrite: null, ${byHeader}}]`);
    expect(rendered(off).codes).toEqual([]);
  });

  const sending = (words: string) => routed(`route: [{destination: {host: a}}]\n  ${words.replaceAll('\n', '\n  ')}`);

  it.each([
    ['set and rewritten', 'rewrite: {authority: a.com}\nheaders: {request: {set: {":Authority": b.com}}}', ['MS5004 line 9: ":Authority"']],
    ['added and rewritten', 'headers: {request: {add: {HOST: b.com}}}\nrewrite: {authority: a.com}', ['MS5004 line 8: HOST']],
    ['set and added', 'headers:\n  request:\n    add: {host: a.com}\n    set: {host: b.com}', ['MS5004 line 10: host']],
    ['set twice', 'headers: {request: {set: {host: a.com, ":authority": b.com}}}', ['MS5004 line 8: ":authority"']],
  ])('error: %s', (_, words, findings) => {
    expect(found(sending(words), 'MS5004')).toEqual(findings);
    expect(found(sending(words), 'MS5004', '1.10')).toEqual(findings);
    expect(found(sending(words), 'MS5004', '1.9')).toEqual([]);
  });

  it('names all sources', () => {
    const words = 'rewrite: {authority: a.com}\nheaders: {request: {set: {host: b.com}, add: {Host: c.com}}}';
    expect(checked(sending(words), { only: ['MS5004'] }).diagnostics.map(({ message }) => message)).toEqual([
      'a route of VirtualService bookinfo/reviews sets the authority more than once: by `rewrite`, the request header `host` and the request header `Host`',
    ]);
  });

  it('fine: other headers, a rewrite of the path alone, or a header of a destination, of which Istio says nothing', () => {
    expect(
      found(sending('rewrite: {authority: a.com}\nheaders: {request: {remove: [x-host]}, response: {set: {x: b}}}'), 'MS5004'),
    ).toEqual([]);
    expect(found(sending('rewrite: {uri: /, authority: ""}\nheaders: {request: {set: {host: b.com}}}'), 'MS5004')).toEqual([]);
    expect(
      found(routed('route: [{destination: {host: a}, headers: {request: {set: {host: b}}}}]\n  rewrite: {authority: a.com}'), 'MS5004'),
    ).toEqual([]);
  });
});

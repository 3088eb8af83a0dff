import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/model/json.ts';
import { rendered } from '../support/rendered.ts';

const servers = (words: string) => rendered(`gateway: gw\nservers: ${words}\n`).spec('Gateway gw').servers as readonly JsonObject[];

describe('gateway', () => {
  it("selects Istio's ingress gateway unless it says otherwise", () => {
    expect(rendered('gateway: gw\nservers: [{http: 80, hosts: ["*"]}]\n').spec('Gateway gw').selector).toEqual({ istio: 'ingressgateway' });
    expect(rendered('gateway: gw\nselector: {app: x}\nservers: [{http: 80, hosts: ["*"]}]\n').spec('Gateway gw').selector).toEqual({
      app: 'x',
    });
  });

  it.each([
    ['{http: 80, hosts: [a.b]}', { port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['a.b'] }],
    [
      '{https: 443, hosts: [a.b], credentialName: c}',
      { port: { number: 443, name: 'https', protocol: 'HTTPS' }, hosts: ['a.b'], tls: { mode: 'SIMPLE', credentialName: 'c' } },
    ],
    ['{tls: 443, hosts: [a.b]}', { port: { number: 443, name: 'tls', protocol: 'TLS' }, hosts: ['a.b'], tls: { mode: 'PASSTHROUGH' } }],
    ['{tcp: 3306}', { port: { number: 3306, name: 'tcp', protocol: 'TCP' }, hosts: ['*'] }],
    [
      '{port: {number: 80, name: x, protocol: HTTP}, hosts: [a.b], bind: 127.0.0.1}',
      { port: { number: 80, name: 'x', protocol: 'HTTP' }, bind: '127.0.0.1', hosts: ['a.b'] },
    ],
  ])('server %s', (words, server) => {
    expect(servers(`[${words}]`)).toEqual([server]);
  });

  it('short servers of one protocol get names of their own, as Istio wants them', () => {
    const words = '[{https: 443, hosts: [a.b]}, {https: 443, hosts: [c.d]}, {https: 443, hosts: [e.f]}, {http: 80, hosts: [a.b]}]';
    expect(servers(words).map(({ port }) => (port as JsonObject).name)).toEqual(['https', 'https-443', 'https-443-2', 'http']);
  });

  it.each([
    [
      'two ports of one name',
      'gateway: gw\nservers:\n  - {http: 80, name: x, hosts: [a.b]}\n  - {http: 81, name: x, hosts: [a.b]}\n',
      'MS2049 line 4',
    ],
    ['no servers', 'gateway: gw\n', 'MS2047 line 1'],
    ['namespace/name without external', 'gateway: ing/gw\nservers: [{http: 80, hosts: [a.b]}]\n', 'MS2050 line 1'],
  ])('refused: %s', (_, intents, finding) => {
    expect(rendered(intents).findings).toEqual([finding]);
  });
});

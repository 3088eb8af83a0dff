import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, destinationRule, manifest, virtualService } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';

const only = ['MS5912'];
const entry = (ports: string, more = '') =>
  manifest('ServiceEntry', 'api', `hosts: [api.example.com]\nresolution: DNS\nports: [${ports}]${more}`);
const https = '{number: 443, name: https, protocol: HTTPS}';
const http = '{number: 80, name: http, protocol: HTTP, targetPort: 443}';
/** The policy stands on line 6. */
const rule = (policy: string) => destinationRule(`host: api.example.com\ntrafficPolicy: {${policy}}`);
const simple = 'tls: {mode: SIMPLE}';
const routed = (list: string, port: string) =>
  virtualService(
    `hosts: [api.example.com]\n${list}: [{match: [${list === 'tls' ? '{sniHosts: [api.example.com]}' : '{port: 80}'}], route: [{destination: {host: api.example.com${port}}}]}]`,
  );
const findings = (...texts: readonly string[]) => checked(documents(...texts), { only }).findings;

describe('tls-originated-once', () => {
  it('warning: on a port where callers speak TLS', () => {
    expect(findings(rule(simple), entry(https))).toEqual(['MS5912 line 6']);
    expect(
      findings(rule('tls: {mode: MUTUAL, clientCertificate: /a, privateKey: /b}'), entry('{number: 8443, name: t, protocol: TLS}')),
    ).toEqual(['MS5912 line 6']);
    expect(findings(rule(`portLevelSettings: [{port: {number: 443}, ${simple}}]`), entry(`${http}, ${https}`))).toEqual(['MS5912 line 6']);
    expect(findings(rule(simple), entry(`${http}, ${https}`))).toEqual(['MS5912 line 6']);
    expect(findings(rule(simple), entry(https), routed('tls', ', port: {number: 443}'))).toEqual(['MS5912 line 6']);
  });

  it.each([
    ['a port for plain http', rule(simple), entry(http)],
    ['of that port alone', rule(`portLevelSettings: [{port: {number: 80}, ${simple}}]`), entry(`${http}, ${https}`)],
    [
      'the other port has settings of its own',
      rule(`${simple}, portLevelSettings: [{port: {number: 443}, tls: {mode: DISABLE}}]`),
      entry(`${http}, ${https}`),
    ],
    ['no TLS', rule('tls: {mode: DISABLE}'), entry(https)],
    ['within the mesh', rule(simple), entry(https, '\nlocation: MESH_INTERNAL')],
    ['a host that nobody knows', rule(simple), ''],
  ])('fine: %s', (_, policy, host) => {
    expect(findings(policy, host)).toEqual([]);
  });

  it('fine: an http route leads plain requests there', () => {
    expect(findings(rule(simple), entry(`${http}, ${https}`), routed('http', ', port: {number: 443}'))).toEqual([]);
    expect(findings(rule(simple), entry(https), routed('http', ''))).toEqual([]);
    expect(findings(rule(simple), entry(`${http}, ${https}`), routed('http', ', port: {number: 80}'))).toEqual(['MS5912 line 6']);
  });

  it('intents originate it where it is plain', () => {
    const intent = (form: string) =>
      `external: googleapis\nhosts: [www.googleapis.com]\nports: {http: 80, https: 443}\noriginateTls: ${form}\n`;
    expect(rendered(intent('true')).codes).toEqual([]);
    expect(rendered(intent('{form: rewrite}')).codes).toEqual([]);
  });
});

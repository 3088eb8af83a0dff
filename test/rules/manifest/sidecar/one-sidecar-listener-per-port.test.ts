import { describe, expect, it } from 'vitest';
import { marked, sidecarOf } from '../../../support/listeners.ts';

const port = (number: number) => `port: {number: ${number}, protocol: HTTP, name: http}`;
const listing = (list: string, ...listeners: readonly string[]) => [`${list}:`, ...listeners.map((one) => `- {${one}}`)].join('\n');
const check = (...lists: readonly string[]) => marked(sidecarOf(lists.join('\n')), { only: ['MS5504'] });
const hosts = 'hosts: ["./*"]';

describe('one-sidecar-listener-per-port', () => {
  it.each([
    ['ingress', listing('ingress', port(80), port(80)), '80'],
    ['ingress on two addresses', listing('ingress', `${port(80)}, bind: 1.1.1.1`, `${port(80)}, bind: 1.1.1.2`), '80'],
    ['egress', listing('egress', `${port(80)}, ${hosts}`, `${port(80)}, ${hosts}`), '80'],
    ['one socket', listing('egress', `${port(0)}, bind: "unix:///a", ${hosts}`, `${port(0)}, bind: "unix:///a", ${hosts}`), '"unix:///a"'],
  ])('error: %s', (_, list, marks) => {
    expect(check(list)).toEqual([`MS5504 line 7: ${marks}`]);
  });

  it.each([
    ['two ports', listing('ingress', port(80), port(81))],
    ['two sockets', listing('egress', `${port(0)}, bind: "unix:///a", ${hosts}`, `${port(0)}, bind: "unix:///b", ${hosts}`)],
    ['a port and all others', listing('egress', `${port(80)}, ${hosts}`, hosts)],
  ])('fine: %s', (_, list) => {
    expect(check(list)).toEqual([]);
  });

  it('fine: one port in each direction', () => {
    expect(check(listing('ingress', port(80)), listing('egress', `${port(80)}, ${hosts}`))).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, manifest, virtualService } from '../../../support/checked.ts';

const only = ['MS5913'];
const entry = (more: string, name = 'api') =>
  manifest(
    'ServiceEntry',
    name,
    `hosts: [api.example.com]\nports: [{number: 80, name: http, protocol: HTTP}]${more === '' ? '' : `\n${more}`}`,
  );
/** The destination stands on line 7. */
const routed = (gateways: string, subset = '') =>
  virtualService(`hosts: [api.example.com]\ngateways: [${gateways}]\nhttp: [{route: [{destination: {host: api.example.com${subset}}}]}]`);
const findings = (...texts: readonly string[]) => checked(documents(...texts), { only }).findings;

describe('resolved-for-gateways-and-subsets', () => {
  it('warning: from a gateway', () => {
    expect(findings(routed('gw'), entry('resolution: NONE'))).toEqual(['MS5913 line 7']);
    expect(findings(routed('gw'), entry(''))).toEqual(['MS5913 line 7']);
  });

  it('warning: to a subset', () => {
    const { findings: found, diagnostics } = checked(documents(routed('mesh', ', subset: v1'), entry('')), { only });
    expect(found).toEqual(['MS5913 line 7']);
    expect(diagnostics[0]?.message).toBe(
      'VirtualService bookinfo/reviews leads to the subset `v1` of api.example.com, but ServiceEntry bookinfo/api has resolution NONE',
    );
  });

  it.each([
    ['by DNS', routed('gw'), entry('resolution: DNS')],
    ['from sidecars', routed('mesh'), entry('')],
    ['from sidecars and a gateway, of which the first may be meant', routed('gw, mesh'), entry('')],
    ['another ServiceEntry resolves it', routed('gw'), documents(entry(''), entry('resolution: DNS', 'other'))],
    ['nobody declares it', routed('gw'), ''],
  ])('fine: %s', (_, routes, hosts) => {
    expect(findings(routes, hosts)).toEqual([]);
  });
});

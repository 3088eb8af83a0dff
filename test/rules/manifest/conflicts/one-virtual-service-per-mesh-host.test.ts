import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { rendered } from '../../../support/rendered.ts';

const routed = (name: string, host: string) => `service: ${name}\nhost: ${host}\ntimeout: 1s\n`;

describe('one-virtual-service-per-mesh-host', () => {
  it.each([
    ['one spelling', 'h', 'h'],
    ['short and qualified', 'h', 'h.bookinfo.svc.cluster.local'],
  ])('error: %s', (_, one, two) => {
    expect(rendered(documents(routed('one', one), routed('two', two))).codes).toContain('MS5002');
  });

  it('fine: two hosts, or short names in two namespaces', () => {
    expect(rendered(documents(routed('one', 'h'), routed('two', 'i'))).findings).toEqual([]);
    expect(rendered(documents(routed('one', 'h'), `${routed('two', 'h')}namespace: other\n`)).findings).toEqual([]);
  });

  it('fine: an exposure is bound to its gateway, not to the mesh', () => {
    const gateway = 'gateway: gw\nservers: [{http: 80, hosts: ["*"]}]\n';
    const exposed = 'service: m\nport: 80\ntimeout: 1s\nexpose: [{gateway: gw, hosts: [m.example]}]\n';
    expect(rendered(documents(exposed, routed('two', 'm.example'), gateway)).findings).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, manifest } from '../../../support/checked.ts';

const only = ['MS5814'];
const istio = '1.24';

/** Seven lines, the port on the sixth. */
const entry = (
  name: string,
  { port = 5432, protocol = 'TCP', more = 'resolution: DNS', host = `${name}.example.com`, namespace = 'bookinfo' } = {},
) => manifest('ServiceEntry', name, `hosts: [${host}]\nports: [{number: ${port}, name: p, protocol: ${protocol}}]\n${more}`, { namespace });
const unallocated = (text: string) =>
  text.replace('namespace:', 'labels: {networking.istio.io/enable-autoallocate-ip: "false"}, namespace:');

describe('tcp-hosts-have-own-ports', () => {
  it('warning: two hosts on one port, of which nobody can tell them apart', () => {
    const { findings, diagnostics } = checked(documents(entry('one'), entry('two', { namespace: 'shop' })), { only, istio });
    expect(findings).toEqual(['MS5814 line 14']);
    expect(diagnostics[0]?.message).toBe(
      'ServiceEntry shop/two opens port 5432 for two.example.com, and ServiceEntry bookinfo/one for one.example.com, and neither has an address',
    );
    expect(checked(documents(entry('one', { protocol: 'MONGO' }), entry('two')), { only, istio }).codes).toEqual(only);
    expect(checked(documents(entry('one', { more: 'resolution: NONE' }), entry('two')), { only, istio }).codes).toEqual(only);
  });

  it.each([
    ['other ports', {}, { port: 3306 }],
    ['one of them has an address', {}, { more: 'resolution: DNS\naddresses: [10.0.0.1]' }],
    ['a protocol that names the host', {}, { protocol: 'TLS' }],
    ['both', { protocol: 'HTTP' }, { protocol: 'HTTP' }],
    ['one host', { host: 'db.example.com' }, { host: 'db.example.com' }],
    ['no namespace sees both', { more: 'resolution: DNS\nexportTo: [a]' }, { more: 'resolution: DNS\nexportTo: [b]' }],
    ['connections go where they were meant to', { more: 'resolution: NONE' }, { more: 'resolution: NONE' }],
  ])('fine: %s', (_, one, other) => {
    expect(checked(documents(entry('one', one), entry('two', other)), { only, istio }).findings).toEqual([]);
  });

  it('from 1.25 on hosts get addresses, unless that is switched off', () => {
    expect(checked(documents(entry('one'), entry('two')), { only, istio: '1.25' }).findings).toEqual([]);
    expect(checked(documents(unallocated(entry('one')), unallocated(entry('two'))), { only, istio: '1.25' }).codes).toEqual(only);
  });
});

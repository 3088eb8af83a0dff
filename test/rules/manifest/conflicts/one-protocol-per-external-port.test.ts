import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, manifest } from '../../../support/checked.ts';

const only = ['MS5811'];

/** Seven lines, the ports on the seventh. */
const entry = (name: string, ports: string, { hosts = 'api.example.com', exportTo = '"*"', namespace = 'bookinfo' } = {}) =>
  manifest('ServiceEntry', name, `hosts: [${hosts}]\nexportTo: [${exportTo}]\nports: [${ports}]\nresolution: DNS`, { namespace });
const port = (number: number, protocol?: string) =>
  `{number: ${number}, name: p${number}${protocol === undefined ? '' : `, protocol: ${protocol}`}}`;

describe('one-protocol-per-external-port', () => {
  it.each([
    [
      'HTTP and HTTPS',
      port(443, 'HTTP'),
      port(443, 'HTTPS'),
      'Bookinfo/two says HTTPS for port 443 of api.example.com, and ServiceEntry bookinfo/one HTTP',
    ],
    ['none and TCP', port(80), port(80, 'tcp'), 'two says TCP for port 80 of api.example.com, and ServiceEntry bookinfo/one nothing'],
    [
      'the second of the ports',
      `${port(80, 'HTTP')}, ${port(443, 'TLS')}`,
      `${port(80, 'http')}, ${port(443)}`,
      'two says nothing of the protocol for port 443 of api.example.com, and ServiceEntry bookinfo/one TLS',
    ],
  ])('warning: %s', (_, one, other, message) => {
    const { findings, diagnostics } = checked(documents(entry('one', one), entry('two', other)), { only });
    expect(findings).toEqual(['MS5811 line 16']);
    expect(diagnostics[0]?.message.toLowerCase()).toContain(message.toLowerCase());
  });

  it('warning: in two namespaces, where some see both', () => {
    const two = (one: string, other: string) =>
      checked(
        documents(entry('one', port(80, 'HTTP'), { exportTo: one }), entry('two', port(80, 'TCP'), { exportTo: other, namespace: 'shop' })),
        { only },
      ).codes;
    expect(two('"*"', '"*"')).toEqual(only);
    expect(two('"*"', '"."')).toEqual(only);
    expect(two('bank', '".", bank')).toEqual(only);
    expect(two('"."', '"."')).toEqual([]);
    expect(two('"~"', '"*"')).toEqual([]);
  });

  it.each([
    ['one protocol, in any letters', entry('two', port(80, 'http'))],
    ['another port', entry('two', port(81, 'TCP'))],
    ['another host', entry('two', port(80, 'TCP'), { hosts: 'web.example.com' })],
  ])('fine: %s', (_, other) => {
    expect(checked(documents(entry('one', port(80, 'HTTP')), other), { only }).findings).toEqual([]);
  });
});

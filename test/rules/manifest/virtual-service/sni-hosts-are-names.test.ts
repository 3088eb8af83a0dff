import { describe, expect, it } from 'vitest';
import { virtualService } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';
import { found } from './found.ts';

const code = 'MS5124';
const matching = (sni: string) =>
  virtualService(`hosts: ["*"]\ngateways: [gw]\ntls:\n- match: [{sniHosts: [${sni}]}]\n  route: [{destination: {host: mongo}}]`);

describe('sni-hosts-are-names', () => {
  it.each(['10.0.0.1', '"2001:db8::1"', '"::"', '"fe80::1%eth0"'])('warning: %s', (sni) => {
    expect(found(matching(sni), code)).toEqual([`MS5124 line 8: ${sni}`]);
    expect(found(matching(sni), code, '1.14')).toHaveLength(1);
    expect(found(matching(sni), code, '1.13')).toEqual([]);
  });

  it.each(['a.com', '"*.com"', '10.0.0.a', '1.a'])('fine: %s', (sni) => {
    expect(found(matching(sni), code)).toEqual([]);
  });

  it('leads to the intent', () => {
    const gateway = 'gateway: gw\nservers: [{port: {number: 443, name: tls, protocol: TLS}, tls: {mode: PASSTHROUGH}, hosts: ["*"]}]\n';
    const service = '---\nservice: db\nports: {tls: 443}\nexpose: {gateway: gw, hosts: [10.0.0.1]}\n';
    expect(rendered(gateway + service).findings).toEqual(['MS5124 line 6']);
  });
});

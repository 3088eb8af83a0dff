import { describe, expect, it } from 'vitest';
import { checked, destinationRule } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';

const inBeta = (text: string) => text.replaceAll('.istio.io/v1\n', '.istio.io/v1beta1\n');
const rule = (tls: string, more = '') => destinationRule(`host: api.example.com\n${more}\ntrafficPolicy: {tls: {${tls}}}`);
const found = (text: string, istio = '1.20') => checked(Number(istio.slice(2)) < 22 ? inBeta(text) : text, { istio, only: ['MS5727'] });

describe('server-certificate-verified', () => {
  it.each([
    ['an authority is named', rule('mode: SIMPLE, caCertificates: /etc/ssl/certs/ca.crt')],
    ["Istio's own certificates", rule('mode: ISTIO_MUTUAL')],
    ['no TLS', rule('mode: DISABLE')],
    ['a Secret, read by chosen proxies', rule('mode: MUTUAL, credentialName: api', 'workloadSelector: {matchLabels: {app: a}}')],
    ['it is said that nobody shall look', rule('mode: SIMPLE, insecureSkipVerify: true')],
  ])('fine: %s', (_, text) => {
    expect(found(text).codes).toEqual([]);
  });

  it('warning: none is named', () => {
    const { findings, diagnostics } = found(rule('mode: SIMPLE'));
    expect([findings, diagnostics[0]?.message]).toEqual([
      ['MS5727 line 7'],
      'DestinationRule bookinfo/reviews sets TLS mode SIMPLE for api.example.com without `caCertificates`',
    ]);
    expect(found(rule('mode: MUTUAL, clientCertificate: /a, privateKey: /b')).codes).toEqual(['MS5727']);
    expect(found(rule('mode: SIMPLE, credentialName: api')).codes).toEqual(['MS5727']);
  });

  it('warning: of ports and of subsets', () => {
    const spec = `host: api.example.com
trafficPolicy:
  portLevelSettings: [{port: {number: 443}, tls: {mode: SIMPLE}}]
subsets:
- name: eu
  trafficPolicy: {tls: {mode: SIMPLE}}`;
    expect(found(destinationRule(spec)).diagnostics.map(({ message }) => message.replace(/.* for /, ''))).toEqual([
      'api.example.com, port 443 without `caCertificates`',
      'api.example.com, subset `eu` without `caCertificates`',
    ]);
  });

  it("holds up to 1.20; later meshes know the system's authorities, whatever Istio's analyzer says", () => {
    expect(found(rule('mode: SIMPLE'), '1.21').codes).toEqual([]);
    expect(found(rule('mode: SIMPLE'), '1.6').codes).toEqual(['MS5727']);
  });

  it('leads to the words of an intent', () => {
    const intent = 'external: api\nhosts: [api.example.com]\nports: {http: 80, https: 443}\noriginateTls: true\n';
    expect(rendered(intent, { istio: '1.20' }).findings).toEqual(['MS5727 line 4']);
    expect(rendered(intent).findings).toEqual([]);
  });
});

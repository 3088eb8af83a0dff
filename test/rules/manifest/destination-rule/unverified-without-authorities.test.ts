import { describe, expect, it } from 'vitest';
import { rendered } from '../../../support/rendered.ts';
import { everywhere, inEveryPlace } from './policy-places.ts';

const tls = (mode: string, ...words: readonly string[]) =>
  `tls:\n  mode: ${mode}\n  insecureSkipVerify: true\n${words.map((word) => `  ${word}\n`).join('')}`;
const files = ['clientCertificate: /etc/c.pem', 'privateKey: /etc/k.pem'];

describe('unverified-without-authorities', () => {
  it.each(['caCertificates: /etc/ca.pem', 'credentialName: ca', 'subjectAltNames: [reviews]'])('error: SIMPLE with %s', (word) => {
    expect(everywhere(tls('SIMPLE', word))).toEqual(inEveryPlace('MS5216', 3));
  });

  it('error: MUTUAL with authorities or names', () => {
    expect(everywhere(tls('MUTUAL', ...files, 'caCertificates: /etc/ca.pem'))).toEqual(inEveryPlace('MS5216', 5));
    expect(everywhere(tls('MUTUAL', ...files, 'subjectAltNames: [reviews]'))).toEqual(inEveryPlace('MS5216', 5));
  });

  it('fine: nothing to verify by, and a credential that may be the client’s', () => {
    expect(everywhere(tls('SIMPLE'))).toEqual([]);
    expect(everywhere(tls('SIMPLE', 'caCertificates: ""', 'subjectAltNames: []'))).toEqual([]);
    expect(everywhere(tls('MUTUAL', ...files))).toEqual([]);
    expect(everywhere(tls('MUTUAL', 'credentialName: client'))).toEqual([]);
  });

  it('fine: other modes, and verification', () => {
    expect(everywhere(tls('ISTIO_MUTUAL', 'subjectAltNames: [reviews]'))).toEqual([]);
    expect(everywhere(tls('SIMPLE', 'subjectAltNames: [reviews]').replace('true', 'false'))).toEqual([]);
  });

  it('from 1.19 on', () => {
    expect(everywhere(tls('SIMPLE', 'subjectAltNames: [reviews]'), { istio: '1.18', only: ['MS5216'] })).toEqual([]);
    const found = everywhere(tls('SIMPLE', 'subjectAltNames: [reviews]'), { istio: '1.19', only: ['MS5216'] });
    expect(found).toEqual(inEveryPlace('MS5216', 3));
  });

  it('leads to the line of the intent', () => {
    const intent = `service: reviews\nport: 9080\n${tls('SIMPLE', 'subjectAltNames: [reviews]')}`;
    expect(rendered(intent).findings).toEqual(['MS5216 line 6']);
  });
});

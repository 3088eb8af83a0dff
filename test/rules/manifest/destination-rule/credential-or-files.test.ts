import { describe, expect, it } from 'vitest';
import { rendered } from '../../../support/rendered.ts';
import { everywhere, inEveryPlace } from './policy-places.ts';

const tls = (mode: string, credential: string, word: string) => `tls:\n  mode: ${mode}\n  ${word}\n  credentialName: "${credential}"`;
const files = ['clientCertificate: /etc/c', 'privateKey: /etc/k', 'caCertificates: /etc/ca', 'caCrl: /etc/crl'];

describe('credential-or-files', () => {
  it.each(files)('error: a credential and %s', (word) => {
    expect(everywhere(tls('SIMPLE', 'reviews-tls', word))).toEqual(inEveryPlace('MS5217', 3));
    expect(everywhere(tls('MUTUAL', 'reviews-tls', word))).toEqual(inEveryPlace('MS5217', 3));
  });

  it.each(files)('fine: %s alone, or in a mode that reads neither', (word) => {
    expect(everywhere(tls('SIMPLE', '', word))).toEqual([]);
    expect(everywhere(tls('ISTIO_MUTUAL', 'reviews-tls', word))).toEqual([]);
  });

  it('fine: a credential and names', () => {
    expect(everywhere(tls('SIMPLE', 'reviews-tls', 'subjectAltNames: [reviews]'))).toEqual([]);
    expect(everywhere(tls('SIMPLE', 'reviews-tls', 'caCertificates: ""'))).toEqual([]);
  });

  it('leads to the line of the intent', () => {
    const intent = `service: reviews\nport: 9080\n${tls('SIMPLE', 'reviews-tls', 'caCertificates: /etc/ca')}\n`;
    expect(rendered(intent).findings).toEqual(['MS5217 line 6']);
  });
});

import { describe, expect, it } from 'vitest';
import { checked, destinationRule } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';
import { everywhere, inEveryPlace } from './policy-places.ts';

const tls = (mode: string, ...words: readonly string[]) => `tls:\n  mode: ${mode}\n${words.map((word) => `  ${word}\n`).join('')}`;

describe('mutual-tls-has-certificate', () => {
  it('error: no certificate, or one without its key', () => {
    expect(everywhere(tls('MUTUAL'))).toEqual(inEveryPlace('MS5218', 1));
    expect(everywhere(tls('MUTUAL', 'clientCertificate: /etc/c'))).toEqual(inEveryPlace('MS5218', 1));
    expect(everywhere(tls('MUTUAL', 'privateKey: /etc/k', 'clientCertificate: ""'))).toEqual(inEveryPlace('MS5218', 1));
    expect(everywhere(tls('MUTUAL', 'caCertificates: /etc/ca', 'credentialName: ""'))).toEqual(inEveryPlace('MS5218', 1));
  });

  it('fine: files, or a Secret', () => {
    expect(everywhere(tls('MUTUAL', 'clientCertificate: /etc/c', 'privateKey: /etc/k'))).toEqual([]);
    expect(everywhere(tls('MUTUAL', 'credentialName: reviews-client'))).toEqual([]);
  });

  it.each(['SIMPLE', 'ISTIO_MUTUAL', 'DISABLE'])('fine: %s', (mode) => {
    expect(everywhere(tls(mode))).toEqual([]);
  });

  it('names what is missing', () => {
    const message = (words: string) =>
      checked(destinationRule(`host: reviews\ntrafficPolicy: {tls: {mode: MUTUAL${words}}}`)).diagnostics[0]?.message;
    expect(message('')).toMatch(/without `clientCertificate` or `privateKey`$/);
    expect(message(', clientCertificate: /c')).toMatch(/without `privateKey`$/);
  });

  it('leads to the line of the intent', () => {
    expect(rendered(`service: reviews\nport: 9080\n${tls('MUTUAL')}`).findings).toEqual(['MS5218 line 4']);
  });
});

import { describe, expect, it } from 'vitest';
import { ingressOf, marked } from '../../../support/listeners.ts';

const check = (words: string) => marked(ingressOf({ more: `tls: {${words}}` }), { only: ['MS5507'] });

describe('ingress-tls-mode', () => {
  it.each(['ISTIO_MUTUAL', 'AUTO_PASSTHROUGH'])('error: %s', (mode) => {
    expect(check(`mode: ${mode}`)).toEqual([`MS5507 line 6: ${mode}`]);
  });

  it.each(['SIMPLE', 'MUTUAL', 'OPTIONAL_MUTUAL', 'PASSTHROUGH'])('fine: %s', (mode) => {
    expect(check(`mode: ${mode}, serverCertificate: /c, privateKey: /k, caCertificates: /ca`)).toEqual([]);
  });

  it('fine: none, which is PASSTHROUGH', () => {
    expect(check('')).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, manifest } from '../../../support/checked.ts';
import { ingressGateway, secret } from '../../../support/cluster-objects.ts';

const gateway = (mode = 'SIMPLE') =>
  manifest(
    'Gateway',
    'gw',
    `selector: {istio: ingressgateway}\nservers: [{port: {number: 443, name: https, protocol: HTTPS}, hosts: ["*"], tls: {mode: ${mode}, credentialName: shop}}]`,
  );
const pair = 'tls.crt: YQ==, tls.key: YQ==';
const other = secret('other', pair);
const found = (mode: string, ...secrets: readonly string[]) =>
  checked(documents(gateway(mode), ingressGateway, other, ...secrets), { only: ['MS5721'] });

describe('gateway-certificate-complete', () => {
  it.each([
    ['a certificate and its key', 'SIMPLE', secret('shop', pair)],
    ['the same by their other names', 'SIMPLE', secret('shop', 'cert: YQ==, key: YQ==')],
    ['as text', 'SIMPLE', secret('shop', '').replace('data: {}', 'stringData: {tls.crt: a, tls.key: b}')],
    ['nothing to be seen', 'SIMPLE', secret('shop', '')],
    ['only empty values, which were taken out', 'SIMPLE', secret('shop', 'tls.crt: "", tls.key: ""')],
    ['an authority that is not to be seen', 'MUTUAL', secret('shop', pair), secret('shop-cacert', '')],
    ['encrypted', 'SIMPLE', secret('shop', 'tls.crt: "ENC[AES256_GCM,data:x]", tls.key: "ENC[AES256_GCM,data:x]"')],
    ['an authority beside', 'MUTUAL', secret('shop', `${pair}, ca.crt: YQ==`)],
    ['an authority beside, by its other name', 'OPTIONAL_MUTUAL', secret('shop', `${pair}, cacert: YQ==`)],
    ['an authority of its own', 'MUTUAL', secret('shop', pair), secret('shop-cacert', 'ca.crt: YQ==')],
  ])('fine: %s', (_, mode, ...secrets) => {
    expect(found(mode, ...secrets).codes).toEqual([]);
  });

  it.each([
    ['neither', 'SIMPLE', '`tls.crt` and no `tls.key`', secret('shop', 'something: YQ==')],
    ['no key', 'SIMPLE', '`tls.key`', secret('shop', 'tls.crt: YQ==')],
    ['an empty key', 'SIMPLE', '`tls.key`', secret('shop', 'tls.crt: YQ==, tls.key: ""')],
    ['halves of both pairs', 'SIMPLE', '`tls.key`', secret('shop', 'tls.crt: YQ==, key: YQ==')],
    // Istio's own analyzer does not look for the authority's.
    ['no authority', 'MUTUAL', '`ca.crt` to know clients by', secret('shop', pair)],
    ['an authority without its key', 'MUTUAL', '`ca.crt` to know clients by', secret('shop', pair), secret('shop-cacert', 'x: YQ==')],
  ])('error: %s', (_, mode, lack, ...secrets) => {
    expect(found(mode, ...secrets).diagnostics.map(({ message }) => message)).toEqual([
      `Gateway bookinfo/gw takes its certificate from the Secret istio-system/shop, which has no ${lack}`,
    ]);
  });

  it('never shows what a Secret holds', () => {
    const text = documents(
      gateway('MUTUAL'),
      ingressGateway,
      secret('shop', 'tls.crt: c2VjcmV0LXZhbHVl, unusual-name: c2VjcmV0LXZhbHVl'),
      other,
    );
    const { diagnostics } = checked(text, { only: ['MS5720', 'MS5721'] });
    expect(diagnostics).toHaveLength(1);
    expect(JSON.stringify(diagnostics)).not.toMatch(/c2VjcmV0|unusual-name/);
    for (const { at, related } of diagnostics) {
      expect(related).toEqual([]);
      expect(text.slice(at?.start, at?.end)).toBe('shop');
    }
  });
});

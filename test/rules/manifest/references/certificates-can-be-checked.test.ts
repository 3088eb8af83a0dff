import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, manifest } from '../../../support/checked.ts';
import { ingressGateway, secret } from '../../../support/cluster-objects.ts';

const gateway = manifest(
  'Gateway',
  'gw',
  'selector: {istio: ingressgateway}\nservers: [{port: {number: 443, name: https, protocol: HTTPS}, hosts: ["*"], tls: {mode: SIMPLE, credentialName: shop}}]',
);
const certificate = (namespace: string) => secret('shop', 'tls.crt: YQ==, tls.key: YQ==', { namespace });
const found = (...texts: readonly string[]) => checked(documents(gateway, ...texts), { only: ['MS5794'], notes: true });

describe('certificates-can-be-checked', () => {
  it('one note where certificates are shown, but not where the pods run', () => {
    const { findings, diagnostics } = found(ingressGateway, certificate('bookinfo'));
    expect([findings, diagnostics[0]?.message]).toEqual([
      ['MS5794 line 6'],
      '1 certificate of gateways whose pods run in the namespace istio-system could not be checked: the input does not show Secrets from there',
    ]);
  });

  it('one note where a certificate that does not show its data is shown elsewhere, or a pull secret alone there', () => {
    const redacted = 'apiVersion: v1\nkind: Secret\nmetadata: {name: shop, namespace: bookinfo}\ntype: kubernetes.io/tls\n';
    expect(found(ingressGateway, redacted).findings).toEqual(['MS5794 line 6']);
    expect(found(ingressGateway, redacted, secret('pull', '.dockerconfigjson: YQ==')).findings).toEqual(['MS5794 line 6']);
  });

  it('one note where nothing tells where the pods run', () => {
    expect(found(certificate('bookinfo')).diagnostics[0]?.message).toBe(
      "1 certificate could not be checked: the input does not show the gateways' pods",
    );
  });

  it('no note where they are shown, or no certificate is shown at all', () => {
    expect(found(ingressGateway, certificate('istio-system')).codes).toEqual([]);
    expect(found(ingressGateway).codes).toEqual([]);
    expect(found(ingressGateway, secret('other', 'password: YQ=='), certificate('bookinfo')).codes).toEqual([]);
    expect(found(secret('registry', 'password: YQ==')).codes).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { gatewayOf, ingressOf, marked, serverOf } from '../../../support/listeners.ts';
import { rendered } from '../../../support/rendered.ts';

const only = ['MS5310'];
const files = 'serverCertificate: /c, privateKey: /k';
const check = (tls: string, istio = '1.31') => marked(gatewayOf(serverOf({ more: `tls: {mode: SIMPLE, ${tls}}` })), { only, istio });

describe('one-source-of-certificates', () => {
  it.each([
    [`credentialName: c, ${files}`, '/c'],
    [`credentialNames: [c], ${files}`, '/c'],
    [`tlsCertificates: [{${files}}], ${files}`, '/c'],
    [`credentialName: c, tlsCertificates: [{${files}}]`, `[{${files}}]`],
  ])('error: %s', (tls, marks) => {
    expect(check(tls)).toEqual([`MS5310 line 6: ${marks}`]);
  });

  it.each([
    'credentialName: c',
    `credentialName: "", ${files}`,
    'credentialName: c, serverCertificate: /c',
    'credentialName: c, caCertificates: /ca',
  ])('fine: %s', (tls) => {
    expect(check(tls)).toEqual([]);
  });

  it('fine before 1.27, and in mode ISTIO_MUTUAL, which takes none', () => {
    expect(check(`credentialName: c, ${files}`, '1.26')).toEqual([]);
    expect(check(`credentialName: c, ${files}`, '1.27')).toHaveLength(1);
    expect(marked(gatewayOf(serverOf({ more: `tls: {mode: ISTIO_MUTUAL, credentialName: c, ${files}}` })), { only })).toEqual([]);
  });

  it('holds for Sidecars', () => {
    const tls = `tls: {mode: SIMPLE, tlsCertificates: [{${files}}], ${files}}`;
    expect(marked(ingressOf({ more: tls }), { only })).toEqual(['MS5310 line 6: /c']);
  });

  it('error: a Secret and files on the https server of an intent', () => {
    const server = `https: 443\n    hosts: ["*"]\n    credentialName: bookinfo\n    tls: {${files}}\n`;
    expect(rendered(`gateway: gw\nservers:\n  - ${server}`).findings).toEqual(['MS5310 line 6']);
  });
});

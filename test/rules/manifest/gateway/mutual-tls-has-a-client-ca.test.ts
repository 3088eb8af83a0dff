import { describe, expect, it } from 'vitest';
import { gatewayOf, ingressOf, marked, serverOf } from '../../../support/listeners.ts';
import { rendered } from '../../../support/rendered.ts';

const only = ['MS5307'];
const files = 'serverCertificate: /c, privateKey: /k';
const server = (tls: string) => marked(gatewayOf(serverOf({ more: `tls: ${tls}` })), { only });

describe('mutual-tls-has-a-client-ca', () => {
  it.each([
    [`{mode: MUTUAL, ${files}}`, 'MUTUAL'],
    [`{mode: OPTIONAL_MUTUAL, ${files}, caCertificates: ""}`, 'OPTIONAL_MUTUAL'],
    [`{mode: MUTUAL, tlsCertificates: [{${files}, caCertificates: /ca}]}`, 'MUTUAL'],
  ])('error: %s', (tls, marks) => {
    expect(server(tls)).toEqual([`MS5307 line 6: ${marks}`]);
  });

  it.each([`{mode: MUTUAL, ${files}, caCertificates: /ca}`, '{mode: MUTUAL, credentialName: bookinfo}', `{mode: SIMPLE, ${files}}`])(
    'fine: %s',
    (tls) => {
      expect(server(tls)).toEqual([]);
    },
  );

  it('says one thing only where there is no certificate at all', () => {
    expect(marked(gatewayOf(serverOf({ more: 'tls: {mode: MUTUAL}' })))).toEqual(['MS5306 line 6: MUTUAL']);
  });

  it('holds for Sidecars', () => {
    expect(marked(ingressOf({ more: `tls: {mode: MUTUAL, ${files}}` }), { only })).toEqual(['MS5307 line 6: MUTUAL']);
  });

  it('error: files alone on the https server of an intent', () => {
    const server = `{https: 443, hosts: ["*"], mode: MUTUAL, tls: {${files}}}`;
    expect(rendered(`gateway: gw\nservers:\n  - ${server}\n`).findings).toEqual(['MS5307 line 3']);
  });
});

import { describe, expect, it } from 'vitest';
import { gatewayOf, marked, serverOf } from '../../../support/listeners.ts';
import { rendered } from '../../../support/rendered.ts';

const check = (protocol: string, tls: string) => marked(gatewayOf(serverOf({ protocol, more: `tls: ${tls}` })), { only: ['MS5305'] });

describe('https-redirect-on-http-ports', () => {
  it.each(['HTTPS', 'TLS'])('warning: %s redirects nobody', (protocol) => {
    expect(check(protocol, '{mode: SIMPLE, credentialName: c, httpsRedirect: true}')).toEqual(['MS5305 line 6: true']);
  });

  it('fine: HTTP, or no redirect', () => {
    expect(check('HTTP', '{httpsRedirect: true}')).toEqual([]);
    expect(check('HTTPS', '{mode: SIMPLE, credentialName: c, httpsRedirect: false}')).toEqual([]);
  });

  it('leaves TCP to the error that TLS settings are there', () => {
    expect(check('TCP', '{httpsRedirect: true}')).toEqual([]);
  });

  it('warning: a redirect on the https server of an intent', () => {
    const server = 'https: 443\n    hosts: ["*"]\n    credentialName: bookinfo\n    tls: {httpsRedirect: true}\n';
    expect(rendered(`gateway: gw\nservers:\n  - ${server}`).findings).toEqual(['MS5305 line 6']);
  });
});

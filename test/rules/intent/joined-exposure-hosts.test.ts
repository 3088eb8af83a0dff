import { describe, expect, it } from 'vitest';
import { httpGateway, reviews } from '../../support/builders.ts';
import { rendered } from '../../support/rendered.ts';

describe('joined-exposure-hosts', () => {
  it('info: the joined form answers to the internal host alone', () => {
    const [finding] = rendered(`${reviews}expose: gw\n${httpGateway}`).diagnostics;
    expect([finding?.severity, finding?.message]).toEqual([
      'info',
      'through the gateway, reviews answers only to requests whose Host is `reviews`',
    ]);
  });

  it('fine: hosts of its own', () => {
    expect(rendered(`${reviews}expose: [{gateway: gw, hosts: [a.b]}]\n${httpGateway}`).findings).toEqual([]);
  });

  it('fine: an external that leaves through a gateway names the mesh as well', () => {
    expect(rendered('external: e\nhosts: [e.example]\nports: {http: 80}\nvia: istio-egressgateway\n').findings).toEqual([]);
  });
});

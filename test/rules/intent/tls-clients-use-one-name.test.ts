import { describe, expect, it } from 'vitest';
import { rendered } from '../../support/rendered.ts';

const service = (words: string) => `service: payments\nports: {tls: 8443}\nversions: [v1, v2]\nstable: v1\n${words}`;

describe('tls-clients-use-one-name', () => {
  it('warning: a short name', () => {
    const { findings, diagnostics } = rendered(service(''));
    expect([findings, diagnostics[0]?.message]).toEqual([
      ['MS3041 line 2'],
      'TLS clients of payments on port 8443 follow its versions only where they call it `payments`',
    ]);
  });

  it('warning: a long name of the cluster', () => {
    expect(rendered(service('host: payments.bookinfo.svc.cluster.local\n')).findings).toEqual(['MS3041 line 2']);
  });

  it.each([
    ['no route by server name', 'service: payments\nports: {tls: 8443}\nversions: [v1]\n'],
    ['a name from outside has no other', 'external: payments\nhosts: [api.example.com]\nports: {tls: 443}\nvirtualService: true\n'],
    ['plain requests', 'service: payments\nport: 80\nversions: [v1]\nstable: v1\n'],
  ])('fine: %s', (_, intent) => {
    expect(rendered(intent).findings).toEqual([]);
  });
});

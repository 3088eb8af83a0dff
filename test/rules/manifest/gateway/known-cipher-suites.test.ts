import { describe, expect, it } from 'vitest';
import { checked } from '../../../support/checked.ts';
import { gatewayOf, ingressOf, marked, serverOf } from '../../../support/listeners.ts';
import { rendered } from '../../../support/rendered.ts';

const only = ['MS5314'];
const gateway = (suites: string) => gatewayOf(serverOf({ more: `tls: {mode: SIMPLE, credentialName: c, cipherSuites: [${suites}]}` }));

describe('known-cipher-suites', () => {
  it.each([
    ['FOO', ['FOO']],
    ['all', ['all']],
    ['AES128-SHA, FOO, BAR', ['FOO', 'BAR']],
    ['FOO, FOO', ['FOO', 'FOO']],
    ['"ÄES128-SHA"', ['"ÄES128-SHA"']],
  ])('warning: %s', (suites, marks) => {
    expect(marked(gateway(suites), { only })).toEqual(marks.map((mark) => `MS5314 line 6: ${mark}`));
  });

  it.each(['ECDHE-RSA-AES128-GCM-SHA256, DES-CBC3-SHA', 'ALL', '""', '"-FOO", "!aNULL", "[A|B]", "@STRENGTH"'])('fine: %s', (suites) => {
    expect(marked(gateway(suites), { only })).toEqual([]);
  });

  it.each([
    ['ecdhe-rsa-aes128-gcm-sha256', 'did you mean `ECDHE-RSA-AES128-GCM-SHA256`?'],
    ['ECDHE-RSA-AES128-GMC-SHA256', 'did you mean `ECDHE-RSA-AES128-GCM-SHA256`?'],
    ['TLS_AES_128_GCM_SHA256', 'suites of TLS 1.3 cannot be chosen: all of them are always offered'],
    ['"AES128-SHA:AES256-SHA"', 'write each suite as an entry of its own'],
  ])('helps: %s', (suite, hint) => {
    expect(checked(gateway(suite), { only }).diagnostics.map(({ hints }) => hints)).toEqual([[hint]]);
  });

  it('holds for Sidecars', () => {
    const more = 'tls: {mode: SIMPLE, serverCertificate: /c, privateKey: /k, cipherSuites: [FOO]}';
    expect(marked(ingressOf({ more }), { only })).toEqual(['MS5314 line 6: FOO']);
  });

  it('warning: on the https server of an intent', () => {
    const server = 'https: 443\n    hosts: ["*"]\n    credentialName: c\n    tls:\n      cipherSuites:\n        - FOO\n';
    expect(rendered(`gateway: gw\nservers:\n  - ${server}`).findings).toEqual(['MS5314 line 8']);
  });
});

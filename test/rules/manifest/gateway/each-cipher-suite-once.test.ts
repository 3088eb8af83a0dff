import { describe, expect, it } from 'vitest';
import { gatewayOf, ingressOf, marked, serverOf } from '../../../support/listeners.ts';

const only = ['MS5315'];
const check = (suites: string) =>
  marked(gatewayOf(serverOf({ more: `tls: {mode: SIMPLE, credentialName: c, cipherSuites: [${suites}]}` })), { only });

describe('each-cipher-suite-once', () => {
  it.each([
    ['AES128-SHA, AES256-SHA, AES128-SHA', 'AES128-SHA'],
    ['ALL, ALL', 'ALL'],
    ['"-A", "-A"', '"-A"'],
  ])('warning: %s', (suites, marks) => {
    expect(check(suites)).toEqual([`MS5315 line 6: ${marks}`]);
  });

  it('fine: all different; unknown ones are another finding', () => {
    expect(check('AES128-SHA, AES256-SHA')).toEqual([]);
    expect(check('FOO, FOO')).toEqual([]);
  });

  it('holds for Sidecars', () => {
    const more = 'tls: {mode: SIMPLE, serverCertificate: /c, privateKey: /k, cipherSuites: [ALL, ALL]}';
    expect(marked(ingressOf({ more }), { only })).toEqual(['MS5315 line 6: ALL']);
  });
});

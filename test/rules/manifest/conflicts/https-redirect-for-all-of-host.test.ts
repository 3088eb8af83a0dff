import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, manifest } from '../../../support/checked.ts';

const only = ['MS5804'];
const http = (hosts: string, more = '', port = 80) =>
  `port: {number: ${port}, name: http, protocol: HTTP}\n  hosts: [${hosts}]${more === '' ? '' : `\n  ${more}`}`;
const redirect = 'tls: {httpsRedirect: true}';

/** Eight lines, or nine with something more, which then stands on the ninth. */
const gateway = (name: string, server: string, selector = 'istio: ingressgateway') =>
  manifest('Gateway', name, `selector: {${selector}}\nservers:\n- ${server}`);

describe('https-redirect-for-all-of-host', () => {
  it('warning: at the redirect, whichever Gateway comes first', () => {
    const [with_, without] = [gateway('one', http('"*"', redirect)), gateway('two', http('"*"'))];
    expect(checked(documents(with_, without), { only }).findings).toEqual(['MS5804 line 9']);
    expect(checked(documents(without, with_), { only }).findings).toEqual(['MS5804 line 18']);
  });

  it('warning: also where the other is for one namespace', () => {
    expect(
      checked(documents(gateway('one', http('a.example.com', redirect)), gateway('two', http('./a.example.com'))), { only }).codes,
    ).toEqual(only);
  });

  it.each([
    ['both redirect', gateway('two', http('"*"', redirect))],
    ['another host, whose virtual host is closer', gateway('two', http('acme.example.com'))],
    ['another port', gateway('two', http('"*"', '', 8080))],
    ['other workloads', gateway('two', http('"*"'), 'istio: internal')],
  ])('fine: %s', (_, other) => {
    expect(checked(documents(gateway('one', http('"*"', redirect)), other), { only }).findings).toEqual([]);
  });
});

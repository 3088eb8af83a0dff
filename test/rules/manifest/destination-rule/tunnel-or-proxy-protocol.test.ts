import { describe, expect, it } from 'vitest';
import { rendered } from '../../../support/rendered.ts';

const tunnel = 'tunnel: {protocol: CONNECT, targetHost: proxied.example.com, targetPort: 443}';
const proxyProtocol = 'proxyProtocol: {version: V2}';

describe('tunnel-or-proxy-protocol', () => {
  it('error: both on one service', () => {
    expect(rendered(`service: reviews\n${tunnel}\n${proxyProtocol}\n`).findings).toEqual(['MS5005 line 3']);
  });

  it('error: one of them from the defaults', () => {
    const environment = `defaults: {service: {${proxyProtocol}}}`;
    expect(rendered(`service: reviews\n${tunnel}\n`, { environment }).codes).toEqual(['MS5005']);
  });

  it('fine: either', () => {
    expect(rendered(`service: reviews\n${tunnel}\n`).codes).toEqual([]);
    expect(rendered(`service: reviews\n${proxyProtocol}\n`).codes).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { checked, destinationRule } from '../../../support/checked.ts';
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

  it('error: both in one subset of a manifest', () => {
    const policy = `trafficPolicy:\n    ${tunnel}\n    ${proxyProtocol}`;
    expect(checked(destinationRule(`host: reviews\nsubsets:\n- name: v1\n  ${policy}`)).findings).toEqual(['MS5005 line 10']);
    const apart = `host: reviews\ntrafficPolicy: {${tunnel}}\nsubsets: [{name: v1, trafficPolicy: {${proxyProtocol}}}]`;
    expect(checked(destinationRule(apart)).findings).toEqual([]);
  });

  it('fine: either', () => {
    expect(rendered(`service: reviews\n${tunnel}\n`).codes).toEqual([]);
    expect(rendered(`service: reviews\n${proxyProtocol}\n`).codes).toEqual([]);
  });
});

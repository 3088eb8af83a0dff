import { describe, expect, it } from 'vitest';
import { rendered } from '../../support/rendered.ts';

const gateway = 'gateway: gw\nservers: [{http: 80, hosts: ["*"]}]\n---\n';
const exposed = 'expose: [{gateway: gw, hosts: [shop.example.com]}]\n';
const service = (sticky: string, more = exposed) =>
  `${gateway}service: reviews\nport: 9080\nversions: [v1, v3]\nstable: v1\ncanary: {version: v3, percent: 5, sticky: ${sticky}}\n${more}`;
const findings = (intents: string, environment = '') => rendered(intents, { environment }).findings;

describe('sticky canaries', () => {
  it('are a matter of HTTP services', () => {
    const words = 'versions: [v1, v2]\nstable: v1\ncanary: {version: v2, percent: 5, sticky: {}}\n';
    expect(findings(`service: mongo\nports: {mongo: 27017}\n${words}`)).toEqual(['MS3006 line 5']);
    expect(findings(`service: both\nports: {mongo: 27017, http: 80}\n${words}`)).toEqual(['MS3007 line 5']);
    expect(findings(`external: e\nhosts: [e.example.com]\nports: {http: 80}\n${words}`)).toContain('MS3006 line 6');
  });

  it('need a gateway that leads to them, or callers that keep cookies', () => {
    expect(findings(service('{}'))).toEqual([]);
    expect(findings(service('{}', ''))).toEqual(['MS3007 line 8']);
    expect(findings(service('{}', '').replace('percent: 5', 'percent: 0'))).toEqual([]);
    expect(findings(service('{mesh: true}', ''))).toEqual(['MS3008 line 8']);
    const shop = '---\nservice: shop\nport: 80\nroutes: [{to: {service: reviews}}]\nexpose: [{gateway: gw, hosts: [a.example.com]}]\n';
    expect(findings(service('{}', shop))).toEqual([]);
  });

  it('have a cookie of their own', () => {
    expect(findings(service('{cookie: who}'), 'user: {cookie: who}')).toEqual(['MS3009 line 8']);
    const hash = (name: string) => `loadBalancer: {hash: {cookie: {name: ${name}, ttl: 0s}}}\n${exposed}`;
    expect(findings(service('{}', hash('reviews-version')))).toContain('MS3009 line 8');
    expect(findings(service('{}', hash('pod')))).not.toContain('MS3009 line 8');
    expect(findings(service('{}', `headers: {response: {remove: [set-cookie]}}\n${exposed}`))).toEqual(['MS3009 line 8']);
    expect(findings(service('{}', `headers: {response: {add: {set-cookie: a=b}}}\n${exposed}`))).toEqual([]);
  });

  it('share no cookie', () => {
    const other = exposed.replace('shop', 'other');
    const second = (cookie: string) => `---\n${service(`{cookie: ${cookie}}`, other).slice(gateway.length).replace('reviews', 'ratings')}`;
    expect(findings(service('{cookie: v}') + second('v'))).toEqual(['MS3010 line 15']);
    expect(findings(service('{cookie: v}') + second('w'))).toEqual([]);
  });
});

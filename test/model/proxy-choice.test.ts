import { describe, expect, it } from 'vitest';
import { type ProxyVariables, proxyFor } from '../../src/model/proxy-choice.ts';

const proxy = 'http://proxy.example.com:3128';
const by = (url: string, variables: ProxyVariables) => proxyFor(new URL(url), variables);

describe('by which proxy a server is reached', () => {
  it.each<[string, ProxyVariables, string | undefined]>([
    ['https://git.example.com', {}, undefined],
    ['https://git.example.com', { HTTPS_PROXY: proxy }, proxy],
    ['https://git.example.com', { https_proxy: proxy, HTTPS_PROXY: 'http://other:1' }, proxy],
    ['https://git.example.com', { https_proxy: '', HTTPS_PROXY: proxy }, proxy],
    ['https://git.example.com', { ALL_PROXY: proxy }, proxy],
    ['https://git.example.com', { HTTPS_PROXY: ' proxy.example.com:3128 ' }, proxy],
    ['https://git.example.com', { HTTP_PROXY: proxy, http_proxy: proxy }, undefined],
    ['http://git.example.com', { HTTPS_PROXY: proxy, HTTP_PROXY: proxy }, undefined],
    ['http://localhost:9090', { HTTPS_PROXY: proxy, HTTP_PROXY: proxy, ALL_PROXY: proxy }, undefined],
    ['https://127.0.0.1:9090', { HTTPS_PROXY: proxy }, undefined],
    ['https://[::1]:9090', { HTTPS_PROXY: proxy }, undefined],
  ])('%s with %j: %s', (url, variables, expected) => {
    expect(by(url, variables)).toBe(expected);
  });

  it.each<[string, string, boolean]>([
    ['https://git.example.com', '*', true],
    ['https://git.example.com', 'example.com', true],
    ['https://example.com', 'example.com', true],
    ['https://example.com', '.example.com', true],
    ['https://git.example.com', '*.example.com', true],
    ['https://git.EXAMPLE.com', 'localhost, Git.Example.COM', true],
    ['https://git.example.com', 'localhost other.example.com', false],
    ['https://notexample.com', 'example.com', false],
    ['https://git.example.com.evil.example', 'git.example.com', false],
    ['https://git.example.com', 'git.example.com:443', true],
    ['https://git.example.com:8443', 'git.example.com:443', false],
    ['https://git.example.com:8443', 'git.example.com:8443', true],
    ['https://10.2.3.4', '10.0.0.0/8', true],
    ['https://11.2.3.4', '10.0.0.0/8', false],
    ['https://203.0.113.9', '0.0.0.0/0', true],
    ['https://10.2.3.4', '10.2.3.4', true],
    ['https://[2001:db8::1]', '2001:db8::1', true],
    ['https://[2001:db8::1]:8443', '[2001:db8::1]:8443', true],
    ['https://git.example.com', '10.0.0.0/8,.', false],
    ['https://git.example.com', ' , ', false],
  ])('%s is excepted by "%s": %s', (url, excepted, isDirect) => {
    expect(by(url, { HTTPS_PROXY: proxy, NO_PROXY: excepted })).toBe(isDirect ? undefined : proxy);
    expect(by(url, { HTTPS_PROXY: proxy, no_proxy: excepted })).toBe(isDirect ? undefined : proxy);
  });
});

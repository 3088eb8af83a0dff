import { describe, expect, it } from 'vitest';
import { checked } from '../../../support/checked.ts';
import { ingressOf, marked } from '../../../support/listeners.ts';

const only = ['MS5505'];
const text = (endpoint: string) => ingressOf({ number: 80, protocol: 'HTTP', more: `defaultEndpoint: "${endpoint}"` });
const check = (endpoint: string, istio = '1.31') => marked(`${text(endpoint)}  egress: [{hosts: ["./*"]}]\n`, { only, istio });

describe('default-endpoint-is-local', () => {
  it.each([
    '127.0.0.1',
    '127.0.0.1:',
    '127.0.0.1:0',
    '127.0.0.1:65536',
    '127.0.0.1:http',
    '127.0.0.2:80',
    'localhost:80',
    '::1:80',
    '80',
    'unix://',
    'unix://app.sock',
    'unix:///run/',
  ])('error: %s', (endpoint) => {
    expect(check(endpoint)).toEqual([`MS5505 line 6: "${endpoint}"`]);
  });

  it.each(['127.0.0.1:1', '127.0.0.1:65535', '0.0.0.0:80', '[::1]:80', '[::]:80', ':80', 'unix:///run/app.sock', 'unix://@app', ''])(
    'fine: %s',
    (endpoint) => {
      expect(check(endpoint)).toEqual([]);
    },
  );

  it('knows what older meshes take: 0.0.0.0 from 1.9, IPv6 from 1.15, none from 1.10', () => {
    expect(check('0.0.0.0:80', '1.8')).toHaveLength(1);
    expect(check('0.0.0.0:80', '1.9')).toEqual([]);
    expect(check('[::1]:80', '1.14')).toHaveLength(1);
    expect(check('[::1]:80', '1.15')).toEqual([]);
    expect(check('', '1.9')).toEqual(['MS5505 line 6: {number: 80, name: main, protocol: HTTP}']);
    expect(check('', '1.10')).toEqual([]);
  });

  it('says what the mesh takes', () => {
    const [finding] = checked(text('localhost:80'), { only }).diagnostics;
    expect(finding?.message).toBe(
      'port 80 of Sidecar bookinfo/reviews has the defaultEndpoint `localhost:80`, which is not one of `127.0.0.1:<port>`, `0.0.0.0:<port>`, `[::1]:<port>`, `[::]:<port>` and `unix://<path>`',
    );
  });
});

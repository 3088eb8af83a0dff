import { expect, it } from 'vitest';
import { multiplied } from '../../src/expect/multiply.ts';

it('lists multiply', () => {
  const requests = multiplied({
    host: ['reviews', 'ratings'],
    port: 9080,
    path: ['/', '/a?x=1'],
    method: ['GET', 'POST'],
    headers: [{ a: '1' }, {}],
  });
  expect(requests).toHaveLength(16);
  expect(requests[0]).toEqual({ url: 'reviews:9080/', method: 'GET', headers: ['a: 1'] });
  expect(requests.at(-1)).toEqual({ url: 'ratings:9080/a?x=1', method: 'POST', headers: [] });
});

it('a URL and a path are put together', () => {
  expect(multiplied({ url: 'http://reviews:9080/', path: '/a' })).toEqual([{ url: 'http://reviews:9080/a' }]);
});

it('an address of version 6 gets brackets', () => {
  expect(multiplied({ host: '::1', port: 80, tcp: true })).toEqual([{ url: '[::1]:80', tcp: true }]);
});

import { describe, expect, it } from 'vitest';
import { manifest } from '../../../support/checked.ts';
import { marked } from '../../../support/listeners.ts';

const named = (name: string, istio?: string) =>
  marked(manifest('Gateway', name, 'servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]'), {
    only: ['MS5301'],
    ...(istio === undefined ? {} : { istio }),
  });

describe('gateway-name-is-a-label', () => {
  it.each([
    ['a dot', 'shop.example'],
    ['64 characters', 'a'.repeat(64)],
  ])('error: %s', (_, name) => {
    expect(named(name)).toEqual([`MS5301 line 3: ${name}`]);
  });

  it.each([
    ['one character', 'a'],
    ['63 characters', 'a'.repeat(63)],
    ['hyphens within, and digits', '1-a--b-2'],
    ['what Kubernetes refuses itself', 'shop-'],
  ])('fine: %s', (_, name) => {
    expect(named(name)).toEqual([]);
  });

  it('fine before 1.2', () => {
    expect(named('shop.example', '1.1')).toEqual([]);
    expect(named('shop.example', '1.2')).toHaveLength(1);
  });
});

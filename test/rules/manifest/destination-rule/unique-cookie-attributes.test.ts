import { describe, expect, it } from 'vitest';
import { rendered } from '../../../support/rendered.ts';
import { everywhere, inEveryPlace } from './policy-places.ts';

const cookie = (...attributes: readonly string[]) =>
  `loadBalancer:\n  consistentHash:\n    httpCookie:\n      name: user\n      attributes:\n${attributes.map((name) => `      - {name: ${name}}\n`).join('')}`;

describe('unique-cookie-attributes', () => {
  it('error: an attribute twice', () => {
    expect(everywhere(cookie('SameSite', 'Path', 'SameSite'))).toEqual(inEveryPlace('MS5205', 7));
  });

  it('fine: names that differ, if only by case', () => {
    expect(everywhere(cookie('SameSite', 'samesite', 'Path'))).toEqual([]);
  });

  it('leads to the line of the intent', () => {
    const intent = `service: reviews\nport: 9080\n${cookie('x', 'x')}`;
    expect(rendered(intent).findings).toEqual(['MS5205 line 9']);
  });
});

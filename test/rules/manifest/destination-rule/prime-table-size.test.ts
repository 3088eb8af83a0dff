import { describe, expect, it } from 'vitest';
import { checked, destinationRule } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';
import { everywhere, inEveryPlace } from './policy-places.ts';

const table = (size: number) => `loadBalancer:\n  consistentHash:\n    maglev:\n      tableSize: ${size}`;

describe('prime-table-size', () => {
  it.each([4, 9, 25, 49, 65536, 4999997, 5000010])('error: %i', (size) => {
    expect(everywhere(table(size))).toEqual(inEveryPlace('MS5207', 3));
  });

  it.each([1, 2, 3, 5, 7, 65537, 4999999])('fine: %i', (size) => {
    expect(everywhere(table(size))).toEqual([]);
  });

  it.each([
    [65536, 'the primes next to it are 65521 and 65537'],
    [5000010, 'the primes next to it are 4999999'],
  ])('helps: %i', (size, hint) => {
    const rule = `host: reviews\ntrafficPolicy: {loadBalancer: {consistentHash: {maglev: {tableSize: ${size}}}}}`;
    expect(checked(destinationRule(rule)).diagnostics[0]?.hints).toEqual([hint]);
  });

  it('leads to the line of the intent', () => {
    expect(rendered(`service: reviews\nport: 9080\n${table(100)}\n`).findings).toEqual(['MS5207 line 6']);
  });
});

import { describe, expect, it } from 'vitest';
import { checked } from '../../../support/checked.ts';

const found = (labels: string) =>
  checked(
    `apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata:\n  name: reviews\n  labels: ${labels}\nspec: {host: reviews}\n`,
  ).findings;
const long = (length: number) => 'a'.repeat(length);

describe('well-formed-labels', () => {
  const names = ['a', 'A.b_c-d', 'example.com/a', `${long(253)}/a`, `a/${long(63)}`, '1'];
  it.each(names)('fine: the name %s', (name) => {
    expect(found(`{"${name}": x}`)).toEqual([]);
  });

  const wrongNames = ['', '-a', 'a-', 'a b', '/a', 'a/', 'a/b/c', 'Example.com/a', 'a_b/c', long(64), `${long(254)}/a`, `a/${long(64)}`];
  it.each(wrongNames)('error: the name %s', (name) => {
    expect(found(`\n    "${name}": x`)).toEqual(['MS5011 line 6']);
  });

  it.each(['v1', '""', '"1"', 'A_b.c-d', long(63), 'null'])('fine: the value %s', (value) => {
    expect(found(`{a: ${value}}`)).toEqual([]);
  });

  it.each(['1', '1.5', 'true', '[a]', '{b: c}', '-a', 'a-', '"a b"', 'a/b', long(64)])('error: the value %s', (value) => {
    expect(found(`\n    a: ${value}`)).toEqual(['MS5011 line 6']);
  });

  it('a map, or nothing at all', () => {
    expect(['null', '{}'].flatMap(found)).toEqual([]);
    expect(['[]', 'a', '1'].flatMap(found)).toEqual(['MS5011 line 5', 'MS5011 line 5', 'MS5011 line 5']);
  });
});

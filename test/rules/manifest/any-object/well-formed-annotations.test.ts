import { describe, expect, it } from 'vitest';
import { checked } from '../../../support/checked.ts';

const found = (annotations: string) =>
  checked(
    `apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata:\n  name: gateway\n  annotations: ${annotations}\nspec: {servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]}\n`,
  ).findings;

describe('well-formed-annotations', () => {
  it.each(['a', 'Example.COM/Some.Name', `a/${'b'.repeat(63)}`])('fine: the name %s', (name) => {
    expect(found(`{"${name}": x}`)).toEqual([]);
  });

  it.each(['', 'a b', 'a/b/c', '-a', `a/${'b'.repeat(64)}`])('error: the name %s', (name) => {
    expect(found(`\n    "${name}": x`)).toEqual(['MS5012 line 6']);
  });

  it.each(['any text, of any length', '"1"', '""', 'null'])('fine: the value %s', (value) => {
    expect(found(`{a: "x", b: ${value}}`.replace('any text, of any length', '"any text, of any length"'))).toEqual([]);
  });

  it.each(['1', 'true', '[a]', '{b: c}'])('error: the value %s', (value) => {
    expect(found(`\n    a: ${value}`)).toEqual(['MS5012 line 6']);
  });

  it('a map, or nothing at all', () => {
    expect(found('null')).toEqual([]);
    expect(found('[a]')).toEqual(['MS5012 line 5']);
  });
});

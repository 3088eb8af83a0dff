import { expect, it } from 'vitest';
import * as failures from '../../src/repo/diagnostics.ts';
import { exitClassOf } from '../../src/repo/exit-class.ts';
import * as inputs from '../../src/repo/input-diagnostics.ts';

it.each([
  ['MS0001', 'input'],
  ['MS1070', 'input'],
  ['MS1089', 'input'],
  ['MS7999', 'input'],
  ['MS8001', 'refused'],
  ['MS8029', 'refused'],
  ['MS8030', 'environment'],
  ['MS8059', 'environment'],
])('%s is of class %s', (code, expected) => {
  expect(exitClassOf(code)).toBe(expected);
});

it('gives each finding of this folder a code of its own, in the band of its class', () => {
  const codes = [...Object.values(failures), ...Object.values(inputs)].map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
  for (const { code } of Object.values(inputs)) expect(code).toMatch(/^MS10[78]\d$/);
  for (const { code } of Object.values(failures)) expect(exitClassOf(code)).not.toBe('input');
});

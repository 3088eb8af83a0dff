import { describe, expect, it } from 'vitest';
import { checked, destinationRule } from '../../../support/checked.ts';
import { spelledFor } from '../spelled-for.ts';

const subsets = (...names: readonly string[]) =>
  destinationRule(`host: reviews\nsubsets:\n${names.map((name, i) => `- {name: ${name}, labels: {version: v${i}}}\n`).join('')}`);

describe('unique-subset-names', () => {
  it('error: each that repeats an earlier one', () => {
    const { findings, diagnostics } = checked(subsets('v1', 'v2', 'v1', 'v1'));
    expect(findings).toEqual(['MS5200 line 9', 'MS5200 line 10']);
    expect(diagnostics[0]?.related.map(({ message }) => message)).toEqual(['it is declared here first']);
  });

  it('fine: names that differ, if only by case', () => {
    expect(checked(subsets('v1', 'v2', 'V1')).findings).toEqual([]);
  });

  it('fine: a mesh that merges them', () => {
    const inMesh = (istio: string) => checked(spelledFor(istio, subsets('v1', 'v1')), { istio }).findings;
    expect([inMesh('1.21'), inMesh('1.22')]).toEqual([[], ['MS5200 line 8']]);
  });
});

import { describe, expect, it } from 'vitest';
import { compile } from '../../src/pipeline.ts';
import { generateIntents } from '../conformance/generate-intents.mjs';

/** `make fuzz` takes all that `make conformance` shows to Istio. */
const count = process.env.FUZZ_RUNS === undefined ? 100 : 350;
const cases = generateIntents({ seed: Number(process.env.FUZZ_SEED ?? 1), count });

describe('environments that together use every word', () => {
  it('prove without a finding', { timeout: 120_000 }, () => {
    const compiled = cases.map(({ name, files }) => ({ name, compilation: compile(files, 'mesh') }));
    const found = compiled.flatMap(({ name, compilation }) =>
      compilation.diagnostics.filter(({ code }) => /^MS600[1-5]$/.test(code)).map(({ message }) => `${name}: ${message}`),
    );
    expect(found).toEqual([]);
    expect(compiled.filter(({ compilation }) => compilation.ok).length).toBeGreaterThan(count / 2);
  });
});

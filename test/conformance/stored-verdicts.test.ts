import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stricterChoice } from './mutants/stricter.ts';
import { ourVerdict } from './our-verdict.ts';
import { gapLine, readStoredVerdicts } from './stored-verdicts.ts';

const { istio, module, verdicts } = readStoredVerdicts(import.meta.dirname);
const gaps = new Set(readFileSync(join(import.meta.dirname, 'mutants/known-gaps.txt'), 'utf8').split('\n'));

describe(`${verdicts.length} stored verdicts of Istio ${istio} (${module})`, () => {
  it('refuse no object that we accept, and accept none that we refuse', () => {
    const different = verdicts.flatMap((verdict) => {
      const { errors } = ourVerdict(verdict.object, Number(istio.slice(2)));
      if (verdict.refuses !== undefined) return errors.length > 0 || gaps.has(gapLine(istio, verdict)) ? [] : [verdict];
      const fresh = errors.filter((error) => stricterChoice(error, verdict.object) === undefined);
      return fresh.length === 0 ? [] : [{ object: verdict.object, weSay: fresh }];
    });
    expect(different).toEqual([]);
  });

  it('are of both sorts', () => {
    const refused = verdicts.filter(({ refuses }) => refuses !== undefined).length;
    expect(verdicts.length).toBeGreaterThanOrEqual(1500);
    expect(refused / verdicts.length).toBeGreaterThan(0.25);
    expect(refused / verdicts.length).toBeLessThan(0.75);
  });
});

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { claimedCodes, differenceIn, readAnalysisCases } from './analysis-cases.ts';

const { cluster, cases } = readAnalysisCases(join(import.meta.dirname, 'analysis'));
const claimed = claimedCodes();

describe('what `istioctl analyze` finds', () => {
  it.each(cases.filter(({ code }) => claimed.has(code)))('$name: we find it on the same objects', (one) => {
    expect(differenceIn(one, cluster)).toBeUndefined();
  });

  it.each([...claimed.keys()])('%s, which a rule claims, has a case that it finds and one that is clean', (code) => {
    const of = cases.filter((one) => one.code === code);
    expect(of.some(({ objects }) => objects.length > 0) && of.some(({ objects }) => objects.length === 0)).toBe(true);
  });
});

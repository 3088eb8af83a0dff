import type { Diagnostic } from '../model/diagnostic.ts';
import { isSpan, type Place } from '../model/source.ts';

/** Findings of one run beyond this many are left out: so many have one cause. */
export const findingLimit = 20;

/** Adds a finding unless its place has the same one already: a loop meets it once for each item. */
export function addOnce(findings: Diagnostic[], finding: Diagnostic): void {
  const known = findings.some(({ code, at }) => code === finding.code && samePlace(at, finding.at));
  if (!known && findings.length < findingLimit) findings.push(finding);
}

function samePlace(a: Place | undefined, b: Place | undefined): boolean {
  return a !== undefined && b !== undefined && isSpan(a) && isSpan(b) && a.file === b.file && a.start === b.start;
}

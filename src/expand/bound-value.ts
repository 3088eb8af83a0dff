import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import { isList, type Json } from '../model/json.ts';
import type { Traced } from '../model/origin.ts';
import { invariant } from '../model/result.ts';
import type { Span } from '../model/source.ts';
import { boundKeysAllowed, boundWithinDepth, printsScalars } from './drawn-diagnostics.ts';

/** Levels of maps and lists inside a bound value. */
const depthLimit = 64;

export function leafAt(leaves: readonly Traced[], index: number): Traced {
  const leaf = leaves[index];
  invariant(leaf !== undefined, 'the view has fewer leaves than its shape');
  return leaf;
}

/** The value of a leaf that is printed as text, number or boolean; `at` is the line that prints it. */
export function scalarOf({ value, origin }: Traced, findings: Diagnostic[], at: Span | undefined): string | number | boolean {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  const found = value === null ? 'null' : isList(value) ? 'a list' : 'a map';
  const related = origin.at === undefined || at === undefined ? [] : [{ message: `what it prints is ${found}`, at: origin.at }];
  findings.push(diagnose(printsScalars, { params: { found }, at: at ?? origin.at, related }));
  return '';
}

/** The value of a leaf that is bound whole: the leaf's own, not a copy. */
export function nodeOf({ value, origin }: Traced, findings: Diagnostic[], at: Span | undefined): Json {
  if (typeof value !== 'object' || value === null) return value;
  const problem = problemIn(value, 1);
  if (problem === undefined) return value;
  const place = origin.at ?? at;
  if (typeof problem === 'string') findings.push(diagnose(boundKeysAllowed, { params: { key: problem }, at: place }));
  else findings.push(diagnose(boundWithinDepth, { params: { limit: problem }, at: place }));
  return null;
}

/** A key that no manifest may hold, or the depth that was exceeded. */
function problemIn(value: Json, depth: number): string | number | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth > depthLimit) return depthLimit;
  if (isList(value)) {
    for (const item of value) {
      const problem = problemIn(item, depth + 1);
      if (problem !== undefined) return problem;
    }
    return undefined;
  }
  for (const key of Object.keys(value)) {
    if (key === '__proto__' || key === 'constructor' || key === 'prototype') return key;
    const problem = problemIn(value[key] ?? null, depth + 1);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

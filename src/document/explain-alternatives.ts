import { isList, isObject, type Json } from '../model/json.ts';
import type { Pointer } from '../model/pointer.ts';
import { requiredWords } from './explain-map.ts';
import type { Explanation } from './explanation.ts';
import type { Fault } from './fault.ts';
import { partOf, type Schema } from './schema.ts';

/** Faults by `anyOf` and `oneOf`, as if the branch that fits best had been the only one. */
export function explainAlternatives(explanation: Explanation, schema: Schema, value: Json, pointer: Pointer): readonly Fault[] {
  const { anyOf, oneOf } = schema.value;
  return [
    ...(isList(anyOf) ? anyFaults(explanation, schema, anyOf, value, pointer) : []),
    ...(isList(oneOf) ? oneFaults(explanation, schema, oneOf, value, pointer) : []),
  ];
}

function anyFaults(explanation: Explanation, schema: Schema, branches: readonly Json[], value: Json, pointer: Pointer): readonly Fault[] {
  const judged = judge(explanation, schema, branches, value, pointer);
  return judged.some((faults) => faults.length === 0) ? [] : bestBranch(judged, pointer);
}

function oneFaults(explanation: Explanation, schema: Schema, branches: readonly Json[], value: Json, pointer: Pointer): readonly Fault[] {
  const judged = judge(explanation, schema, branches, value, pointer);
  const fitting = judged.flatMap((faults, index) => (faults.length === 0 ? [index] : []));
  if (fitting.length === 1) return [];
  if (fitting.length === 0) return bestBranch(judged, pointer);
  const keys = fitting.flatMap((index) => {
    const branch = branches[index];
    return isObject(branch) ? requiredWords(branch) : [];
  });
  const distinct = [...new Set(keys)].filter((key) => isObject(value) && Object.hasOwn(value, key));
  if (distinct.length > 1) return [{ kind: 'exclusive', pointer, keys: distinct }];
  return [{ kind: 'other', pointer, problem: 'it can be read in more than one way' }];
}

function judge(
  explanation: Explanation,
  schema: Schema,
  branches: readonly Json[],
  value: Json,
  pointer: Pointer,
): readonly (readonly Fault[])[] {
  return branches.map((branch) => {
    const part = partOf(schema, branch);
    if (part !== undefined) return explanation.explain(part, value, pointer);
    return branch === false ? [{ kind: 'other', pointer, problem: 'it cannot stand here' }] : [];
  });
}

/** By type first; then what names another value or form of the same place, together; then the fewest faults, then the deepest. */
function bestBranch(judged: readonly (readonly Fault[])[], pointer: Pointer): readonly Fault[] {
  const here = (fault: Fault | undefined, kind: Fault['kind']) => fault?.kind === kind && fault.pointer === pointer;
  const typed = judged.filter((faults) => !faults.some((fault) => here(fault, 'type')));
  if (typed.length === 0) return mergeAll(judged.map((faults) => faults.find((fault) => here(fault, 'type'))));
  for (const kind of ['missing', 'allowed', 'form'] as const) {
    if (typed.length > 1 && typed.every((faults) => faults.length === 1 && here(faults[0], kind)))
      return mergeAll(typed.map((faults) => faults[0]));
  }
  const [best = []] = typed.toSorted((a, b) => weight(a, pointer) - weight(b, pointer) || a.length - b.length || depth(b) - depth(a));
  return best;
}

/** A branch that refuses a discriminating value, or whose own keys are missing, was hardly the one that was meant. */
function weight(faults: readonly Fault[], pointer: Pointer): number {
  return faults.filter(
    (fault) => fault.pointer === pointer && (fault.kind === 'missing' || fault.kind === 'unknown-key' || fault.kind === 'not-here'),
  ).length;
}

function depth(faults: readonly Fault[]): number {
  return Math.max(0, ...faults.map((fault) => fault.pointer.split('/').length));
}

function mergeAll(faults: readonly (Fault | undefined)[]): readonly Fault[] {
  const merged = faults.reduce<Fault | undefined>(
    (all, fault) => (all === undefined || fault === undefined ? (all ?? fault) : merge(all, fault)),
    undefined,
  );
  return merged === undefined ? [] : [merged];
}

function merge(a: Fault, b: Fault): Fault {
  if (a.kind === 'type' && b.kind === 'type')
    return {
      ...a,
      expected: [...new Set([...a.expected, ...b.expected])],
      form: a.form ?? b.form,
      wrapped: a.wrapped ?? b.wrapped,
      example: a.example ?? b.example,
    };
  if (a.kind === 'allowed' && b.kind === 'allowed') return { ...a, allowed: [...new Set([...a.allowed, ...b.allowed])] };
  if (a.kind === 'form' && b.kind === 'form') return { ...a, expected: [...new Set([...a.expected, ...b.expected])] };
  const keysOf = (fault: Fault) => (fault.kind === 'missing' || fault.kind === 'one-of' ? fault.keys : []);
  return { kind: 'one-of', pointer: a.pointer, keys: [...new Set([...keysOf(a), ...keysOf(b)])] };
}

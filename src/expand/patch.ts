import jsonPatch, { type Operation } from 'fast-json-patch';
import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import { type Intent, originOf } from '../model/intent.ts';
import { type JsonObject, objectOr, sameJson } from '../model/json.ts';
import { type Manifest, manifestId, type Provenance } from '../model/manifest.ts';
import { listWords } from '../model/names.ts';
import { traced } from '../model/origin.ts';
import type { CommonWords, PatchWords } from '../model/words.ts';
import { patchApplies, patchHasReason, patchKeepsIdentity, patchTargetExists } from './manifest-diagnostics.ts';

/** An intent's manifests with its `patches` applied in order. A patch that fails leaves all of them as they were, and is reported. */
export function applyPatches(intent: Intent, manifests: readonly Manifest[], diagnostics: Diagnostic[]): readonly Manifest[] {
  const { patches = [] }: CommonWords = intent.value;
  return patches.reduce<readonly Manifest[]>(
    (current, patch, index) => applyOne(intent, current, patch, `/patches/${index}`, diagnostics),
    manifests,
  );
}

function applyOne(
  intent: Intent,
  manifests: readonly Manifest[],
  patch: PatchWords,
  pointer: string,
  diagnostics: Diagnostic[],
): readonly Manifest[] {
  const { kind, name } = patch.target;
  const targets = manifests.filter((manifest) => manifest.kind === kind && (name === undefined || manifest.name === name));
  const [target] = targets;
  if (target === undefined || targets.length > 1) {
    const known = manifests.length === 0 ? 'nothing' : listWords(manifests.map((manifest) => manifestId(manifest)));
    const params = { target: name === undefined ? `one ${kind}` : `${kind} ${name}`, known };
    diagnostics.push(diagnose(patchTargetExists, { params, at: originOf(intent, `${pointer}/target`).at }));
    return manifests;
  }
  const patched = patchedBody(intent, target, patch, pointer, diagnostics);
  if (patched === undefined) return manifests;
  const changed = { ...target, body: patched, provenance: withOperations(target.provenance, intent, patch, pointer) };
  return manifests.map((manifest) => (manifest === target ? changed : manifest));
}

/** What an operation wrote was said by the operation. */
function withOperations({ slots, values, renames }: Provenance, intent: Intent, { ops }: PatchWords, pointer: string): Provenance {
  const said = ops.map((op, index) =>
    traced(op.value ?? null, originOf(intent, `${pointer}/ops/${index}${op.value === undefined ? '' : '/value'}`)),
  );
  const added = ops.map((op, index) => ({ pointer: String(op.path), template: '', line: 0, values: [values.length + index] }));
  return { slots: [...slots, ...added], values: [...values, ...said], renames };
}

function patchedBody(
  intent: Intent,
  target: Manifest,
  { ops, reason }: PatchWords,
  pointer: string,
  diagnostics: Diagnostic[],
): JsonObject | undefined {
  const id = manifestId(target);
  const at = originOf(intent, pointer).at;
  const clone: JsonObject = structuredClone(target.body);
  const fault = firstFault(ops, clone);
  if (fault !== undefined) {
    diagnostics.push(
      diagnose(patchApplies, { params: { id, reason: fault.reason }, at: originOf(intent, `${pointer}/ops/${fault.index}`).at }),
    );
    return undefined;
  }
  if (!sameIdentity(clone, target.body)) {
    diagnostics.push(diagnose(patchKeepsIdentity, { params: { id }, at }));
    return undefined;
  }
  if (reason === undefined && !sameJson(clone.spec, target.body.spec)) diagnostics.push(diagnose(patchHasReason, { params: { id }, at }));
  return clone;
}

/** Applies the operations to `clone` and says which one could not be. Prototype keys stay banned (CVE-2021-4279). */
function firstFault(ops: readonly JsonObject[], clone: JsonObject): { readonly index: number; readonly reason: string } | undefined {
  for (const [index, op] of ops.entries()) {
    if (/(^|\/)(__proto__|constructor|prototype)(\/|$)/.test(`${String(op.path)} ${String(op.from ?? '')}`))
      return { index, reason: 'it names a key that no manifest has' };
    if (op.path === '' || op.from === '') return { index, reason: 'a patch changes a manifest, it does not replace the whole of it' };
    // fast-json-patch folds an index into 32 bits, where a large one becomes negative and is taken.
    if (/\/\d{10,}(\/|$)/.test(String(op.path))) return { index, reason: 'its `path` lies beyond the end of the list' };
    try {
      jsonPatch.applyPatch(clone, [structuredClone(op) as unknown as Operation], true, true, true);
    } catch (error) {
      return { index, reason: reasonOf(error) };
    }
  }
  return undefined;
}

const reasons: Readonly<Record<string, string>> = {
  OPERATION_PATH_UNRESOLVABLE: 'nothing stands at its `path`',
  OPERATION_FROM_UNRESOLVABLE: 'nothing stands at its `from`',
  OPERATION_PATH_CANNOT_ADD: 'what its `path` leads through does not exist',
  OPERATION_PATH_ILLEGAL_ARRAY_INDEX: 'its `path` needs the index of a list item, or `-` for the end',
  OPERATION_VALUE_OUT_OF_BOUNDS: 'its `path` lies beyond the end of the list',
  OPERATION_VALUE_REQUIRED: 'it needs a `value`',
  OPERATION_VALUE_CANNOT_CONTAIN_UNDEFINED: 'it needs a `value`',
  OPERATION_OP_INVALID: '`op` is none of add, remove, replace, move, copy, test',
  OPERATION_PATH_INVALID: 'its `path` is no JSON Pointer: it starts with a slash',
  OPERATION_FROM_REQUIRED: 'it needs a `from`',
  TEST_OPERATION_FAILED: 'its `test` finds another value',
};

function reasonOf(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  return reasons[name] ?? 'its `path` leads nowhere';
}

function sameIdentity(a: JsonObject, b: JsonObject): boolean {
  const [x, y] = [objectOr(a.metadata), objectOr(b.metadata)];
  return a.apiVersion === b.apiVersion && a.kind === b.kind && x.name === y.name && x.namespace === y.namespace;
}

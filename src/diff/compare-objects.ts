import jsonPatch from 'fast-json-patch';
import { type JsonObject, sameJson } from '../model/json.ts';
import { type Manifest, manifestId } from '../model/manifest.ts';
import { byCodePoint } from '../model/names.ts';
import type { Change, PatchOperation } from '../model/traffic-diff.ts';

/** What is compared: all objects of a mesh, and of each the text in which it is written, where that is known. */
export interface ComparedObjects {
  readonly manifests: readonly Manifest[];
  readonly textOf?: (manifest: Manifest) => string | undefined;
}

/** What becomes of each object of either, in order by id; an object that stands twice is compared place by place. */
export function compareObjects(before: ComparedObjects, after: ComparedObjects): readonly Change[] {
  const [old, young] = [byId(before.manifests), byId(after.manifests)];
  return [...new Set([...old.keys(), ...young.keys()])].sort(byCodePoint).flatMap((key) => {
    const [olds, youngs] = [old.get(key) ?? [], young.get(key) ?? []];
    return Array.from({ length: Math.max(olds.length, youngs.length) }, (_, i) => {
      const change = changeOf(olds[i], youngs[i]);
      return change.action === 'unchanged' && textsDiffer(before, olds[i], after, youngs[i])
        ? ({ ...change, formattingOnly: true } as const)
        : change;
    });
  });
}

/** Operations that make one object of the other. */
export function operationsBetween(before: JsonObject, after: JsonObject): readonly PatchOperation[] {
  return jsonPatch.compare(before, after).flatMap((operation): readonly PatchOperation[] => {
    const { op, path } = operation;
    if (op === 'remove') return [{ op, path }];
    return op === 'add' || op === 'replace' ? [{ op, path, value: operation.value }] : [];
  });
}

function changeOf(before: Manifest | undefined, after: Manifest | undefined): Change {
  const id = manifestId(after ?? before ?? { kind: '', name: '' });
  if (before === undefined) return { id, action: 'create', operations: [], after: after?.body ?? null };
  if (after === undefined) return { id, action: 'delete', operations: [], before: before.body };
  if (sameJson(before.body, after.body)) return { id, action: 'unchanged', operations: [] };
  return { id, action: 'update', operations: operationsBetween(before.body, after.body), before: before.body, after: after.body };
}

/** One object in several versions of its API is still one object; the group tells kinds of one name apart. */
function byId(manifests: readonly Manifest[]): ReadonlyMap<string, readonly Manifest[]> {
  const groups = new Map<string, Manifest[]>();
  for (const manifest of manifests) {
    const { apiVersion } = manifest;
    const key = `${manifestId(manifest)} ${apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/')))}`;
    const twins = groups.get(key);
    if (twins === undefined) groups.set(key, [manifest]);
    else twins.push(manifest);
  }
  return groups;
}

function textsDiffer(before: ComparedObjects, old: Manifest | undefined, after: ComparedObjects, young: Manifest | undefined): boolean {
  if (old === undefined || young === undefined) return false;
  const [a, b] = [before.textOf?.(old), after.textOf?.(young)];
  return a !== undefined && b !== undefined && a !== b;
}

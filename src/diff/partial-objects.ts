import { isObject, type Json, type JsonObject, objectOr, sameJson } from '../model/json.ts';
import { type Manifest, manifestId } from '../model/manifest.ts';

/** An object that a change creates (no `before`), updates, or deletes (no `after`). */
export interface ChangedObject {
  /** 'VirtualService bookinfo/reviews' */
  readonly id: string;
  readonly before?: Manifest;
  readonly after?: Manifest;
}

/** The objects in which two meshes differ, as far as traffic can notice: labels and comments are no difference. In the order of `before`, new ones last. */
export function changedObjects(before: readonly Manifest[], after: readonly Manifest[]): readonly ChangedObject[] {
  const later = new Map(after.map((manifest) => [keyOf(manifest), manifest]));
  const known = new Set(before.map(keyOf));
  const kept = before.flatMap((manifest): readonly ChangedObject[] => {
    const same = later.get(keyOf(manifest));
    if (same === undefined) return [{ id: manifestId(manifest), before: manifest }];
    return isSame(manifest, same) ? [] : [{ id: manifestId(manifest), before: manifest, after: same }];
  });
  const created = after
    .filter((manifest) => !known.has(keyOf(manifest)))
    .map((manifest): ChangedObject => ({ id: manifestId(manifest), after: manifest }));
  return [...kept, ...created];
}

/** What the mesh holds while only some changes are applied. An object keeps its place, so that only the change makes a difference. */
export function partlyApplied(
  before: readonly Manifest[],
  changes: readonly ChangedObject[],
  isApplied: (change: ChangedObject, index: number) => boolean,
): readonly Manifest[] {
  const applied = changes.filter(isApplied);
  const byKey = new Map(applied.flatMap((change) => (change.before === undefined ? [] : [[keyOf(change.before), change] as const])));
  const kept = before.flatMap((manifest): readonly Manifest[] => {
    const change = byKey.get(keyOf(manifest));
    if (change === undefined) return [manifest];
    return change.after === undefined ? [] : [change.after];
  });
  const created = applied.flatMap((change) => (change.before === undefined && change.after !== undefined ? [change.after] : []));
  return [...kept, ...created];
}

/** An object is one whatever version of its API it is written in. */
function keyOf({ apiVersion, kind, namespace, name }: Manifest): string {
  return `${apiVersion.split('/', 1)[0]} ${kind} ${namespace ?? ''}/${name}`;
}

function isSame(a: Manifest, b: Manifest): boolean {
  return sameJson(partsThatCount(a.body), partsThatCount(b.body));
}

function partsThatCount({ metadata, status: _, apiVersion: __, ...rest }: JsonObject): JsonObject {
  const annotations = Object.entries(objectOr(objectOr(metadata).annotations)).filter(([name]) => name.includes('istio.io/'));
  return { ...rest, annotations: Object.fromEntries(annotations) };
}

export function specOf(manifest: Manifest | undefined): JsonObject {
  const spec: Json | undefined = manifest?.body.spec;
  return isObject(spec) ? spec : {};
}

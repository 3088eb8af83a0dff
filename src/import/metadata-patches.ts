import type { MeshObject } from '../mesh/mesh-object.ts';
import { isObject, type Json, type JsonObject, objectOr, sameJson } from '../model/json.ts';
import { joinPointer } from '../model/pointer.ts';

/** What a cluster writes into an object that it keeps: nobody's words. */
const clusterFields: ReadonlySet<string> = new Set([
  ...['uid', 'resourceVersion', 'generation', 'creationTimestamp', 'deletionTimestamp', 'deletionGracePeriodSeconds'],
  ...['managedFields', 'selfLink'],
]);

/** What kubectl remembers of the last `apply`: a copy of the object. */
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** Patches that put labels, annotations and the like on what intents render, as the objects have them. */
export function metadataPatches(objects: readonly MeshObject[], rendered: JsonObject): readonly JsonObject[] {
  return objects.flatMap(({ manifest }): readonly JsonObject[] => {
    const ops = metadataOps(objectOr(manifest.body.metadata), rendered);
    if (ops.length === 0) return [];
    const twins = objects.filter((other) => other.kind === manifest.kind);
    return [{ target: twins.length === 1 ? manifest.kind : { kind: manifest.kind, name: manifest.name }, ops }];
  });
}

/** `labels` are those that every manifest of the environment carries. */
function metadataOps(metadata: JsonObject, labels: JsonObject): readonly JsonObject[] {
  return Object.entries(metadata).flatMap(([key, value]): readonly JsonObject[] => {
    if (key === 'name' || key === 'namespace' || clusterFields.has(key)) return [];
    const standing = key === 'labels' && Object.keys(labels).length > 0 ? labels : undefined;
    const entries = isObject(value) ? withoutLastApplied(value) : value;
    if (isObject(entries) && Object.keys(entries).length === 0) return [];
    if (standing === undefined || !isObject(entries)) return [{ op: 'add', path: joinPointer('/metadata', key), value: entries }];
    return Object.entries(entries)
      .filter(([name, text]) => !sameJson(standing[name], text))
      .map(([name, text]): JsonObject => ({ op: 'add', path: joinPointer('/metadata', key, name), value: text }));
  });
}

/** A body without what only the cluster that keeps it knows. */
export function asWritten(body: JsonObject): JsonObject {
  const { status: _status, ...written } = body;
  const metadata: Record<string, Json> = {};
  for (const [key, value] of Object.entries(objectOr(body.metadata))) {
    if (clusterFields.has(key)) continue;
    const kept = key === 'annotations' && isObject(value) ? withoutLastApplied(value) : value;
    if (kept === value || (isObject(kept) && Object.keys(kept).length > 0)) metadata[key] = kept;
  }
  return { ...written, metadata };
}

function withoutLastApplied(map: JsonObject): JsonObject {
  if (map[lastApplied] === undefined) return map;
  const { [lastApplied]: _copy, ...others } = map;
  return others;
}

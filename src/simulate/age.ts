import type { MeshObject } from '../mesh/mesh-object.ts';
import { objectOr } from '../model/json.ts';
import { byCodePoint } from '../model/names.ts';

/**
 * Istio's order among objects that claim the same: the oldest first, of those made in one second the first by name, then by namespace
 * (model/config.go configCompareByCreationTime). Where a manifest does not tell its age, by name.
 */
export function olderFirst(a: MeshObject, b: MeshObject): number {
  const byAge = isAgeTold(a, b) ? byCodePoint(madeAt(a) ?? '', madeAt(b) ?? '') : 0;
  return byAge || byCodePoint(a.name, b.name) || byCodePoint(a.namespace, b.namespace);
}

/** Whether the manifests themselves say which of two is older: what a cluster prints does, what people write does not. */
export function isAgeTold(a: MeshObject, b: MeshObject): boolean {
  return madeAt(a) !== undefined && madeAt(b) !== undefined;
}

/** RFC 3339 in UTC, as Kubernetes prints it: such texts sort as the times do. */
function madeAt({ manifest }: MeshObject): string | undefined {
  const { creationTimestamp } = objectOr(manifest.body.metadata);
  return typeof creationTimestamp === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(creationTimestamp)
    ? creationTimestamp
    : undefined;
}

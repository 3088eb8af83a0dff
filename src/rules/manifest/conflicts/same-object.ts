import type { MeshObject } from '../../../mesh/mesh-object.ts';

/** Whether two manifests are one object to the cluster: then the one replaces the other, and they never stand side by side. */
export function sameObject(a: MeshObject, b: MeshObject): boolean {
  return a === b || (a.kind === b.kind && a.name === b.name && a.namespace === b.namespace);
}

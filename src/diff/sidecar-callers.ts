import type { MeshObject } from '../mesh/mesh-object.ts';
import { objectOr } from '../model/json.ts';
import type { RequestSource } from '../model/routing.ts';

/** Whether a Sidecar may be the one of a caller: by its labels, or for all of a namespace, or of the mesh. */
export function isSidecarFor({ spec, namespace }: MeshObject, source: RequestSource, rootNamespace: string): boolean {
  const selector = Object.entries(objectOr(objectOr(spec.workloadSelector).labels));
  if (namespace === source.namespace) return selector.every(([key, value]) => source.labels[key] === value);
  return selector.length === 0 && namespace === rootNamespace;
}

import type { Mesh } from '../../../mesh/mesh.ts';
import type { MeshObject } from '../../../mesh/mesh-object.ts';
import { listOr } from '../../../model/json.ts';

/** Who sees an object by its `exportTo`: every namespace, or those named. */
export type Visibility = 'everyone' | ReadonlySet<string>;

export function visibilityOf({ spec, namespace }: MeshObject, mesh: Mesh): Visibility {
  const written = listOr(spec.exportTo).map(String);
  const words = written.length === 0 ? [mesh.environment.mesh.exportTo] : written;
  if (words.includes('*')) return 'everyone';
  return new Set(words.filter((word) => word !== '~').map((word) => (word === '.' ? namespace : word)));
}

/** Whether a namespace sees both. */
export function seenTogether(a: Visibility, b: Visibility): boolean {
  if (a === 'everyone') return b === 'everyone' || b.size > 0;
  return b === 'everyone' ? a.size > 0 : [...a].some((namespace) => b.has(namespace));
}

/**
 * The lists in which a proxy looks for VirtualServices, one after the other: those that its own namespace keeps to itself, those exported
 * to it by name, those of everyone (Istio: pilot/pkg/model/virtualservice.go SelectVirtualServices). Age decides within a list only.
 */
export function lookupLists({ namespace }: MeshObject, visibility: Visibility): readonly string[] {
  if (visibility === 'everyone') return ['everyone'];
  return [...visibility].map((one) => (one === namespace ? `own ${one}` : `named ${one}`));
}

import type { Mesh } from '../../../mesh/mesh.ts';
import type { MeshObject } from '../../../mesh/mesh-object.ts';
import { type Audience, audienceOf, isSeenFrom } from '../../../mesh/visibility.ts';
import { listOr } from '../../../model/json.ts';

/** Who sees an object by its `exportTo`. */
export function audienceOfObject({ spec, namespace }: MeshObject, { environment }: Mesh): Audience {
  return audienceOf(listOr(spec.exportTo).map(String), namespace, environment.mesh.exportTo);
}

/** Whether a namespace sees both. */
export function seenTogether(a: Audience, b: Audience): boolean {
  if (a === 'everyone') return b === 'everyone' || b.length > 0;
  return a.some((namespace) => isSeenFrom(b, namespace));
}

/**
 * The lists in which a proxy looks for VirtualServices, one after the other: those that its own namespace keeps to itself, those exported
 * to it by name, those of everyone (Istio: pilot/pkg/model/virtualservice.go SelectVirtualServices). Age decides within a list only.
 */
export function lookupLists({ namespace }: MeshObject, audience: Audience): readonly string[] {
  if (audience === 'everyone') return ['everyone'];
  return audience.map((one) => (one === namespace ? `own ${one}` : `named ${one}`));
}

import type { MeshObject } from '../../../mesh/mesh-object.ts';
import type { JsonObject } from '../../../model/json.ts';
import { objectOr } from '../../../model/json.ts';
import type { Pointer } from '../../../model/pointer.ts';
import { endpointsOf, textOr } from './entry-parts.ts';

/** A WorkloadEntry, wherever it stands: by itself, as an endpoint of a ServiceEntry, or as the template of a WorkloadGroup. */
export interface WorkloadPart {
  readonly workload: JsonObject;
  /** '' where none is written. */
  readonly address: string;
  /** '' for a WorkloadEntry itself. */
  readonly pointer: Pointer;
}

export function workloadsOf({ kind, spec }: MeshObject): readonly WorkloadPart[] {
  if (kind === 'ServiceEntry') return endpointsOf(spec).map(({ endpoint, ...rest }) => ({ workload: endpoint, ...rest }));
  const workload = kind === 'WorkloadGroup' ? objectOr(spec.template) : spec;
  return [{ workload, address: textOr(workload.address), pointer: kind === 'WorkloadGroup' ? '/template' : '' }];
}

export function isSocket(address: string): boolean {
  return address.startsWith('unix://');
}

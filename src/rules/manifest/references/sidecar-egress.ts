import type { MeshObject } from '../../../mesh/mesh-object.ts';
import { listOr, objectOr } from '../../../model/json.ts';
import type { Pointer } from '../../../model/pointer.ts';

/** A host that a Sidecar lets its proxies know: 'namespace/host'. Hosts that it takes away (`~…`) are none. */
export interface EgressHost {
  readonly written: string;
  /** `*`, or the name of a namespace; `.` is resolved. */
  readonly namespace: string;
  /** May be a wildcard. */
  readonly host: string;
  readonly pointer: Pointer;
}

export function egressHosts({ spec, namespace: home }: MeshObject): readonly EgressHost[] {
  return listOr(spec.egress).flatMap((listener, i) =>
    listOr(objectOr(listener).hosts).flatMap((value, j): readonly EgressHost[] => {
      const written = String(value);
      const slash = written.indexOf('/');
      const namespace = written.slice(0, slash);
      if (slash < 0 || namespace.startsWith('~')) return [];
      return [
        { written, namespace: namespace === '.' ? home : namespace, host: written.slice(slash + 1), pointer: `/egress/${i}/hosts/${j}` },
      ];
    }),
  );
}

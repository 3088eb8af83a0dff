import type { Mesh } from '../../../mesh/mesh.ts';
import type { MeshObject } from '../../../mesh/mesh-object.ts';
import type { Audience } from '../../../mesh/visibility.ts';
import { isObject, listOr } from '../../../model/json.ts';
import { audienceOfObject } from './audiences.ts';

/** A port of a ServiceEntry. */
export interface EntryPort {
  /** '/ports/0' */
  readonly pointer: string;
  readonly number: number;
  /** In upper case; '' where none is written. */
  readonly protocol: string;
}

/** A host of a ServiceEntry. */
export interface EntryHost {
  readonly object: MeshObject;
  /** '/hosts/0' */
  readonly pointer: string;
  /** In lower case. */
  readonly host: string;
  readonly ports: readonly EntryPort[];
  readonly seenBy: Audience;
}

export function entryHosts(mesh: Mesh): readonly EntryHost[] {
  return mesh.ofKind('ServiceEntry').flatMap((object) => {
    if (!object.wellFormed) return [];
    const ports = listOr(object.spec.ports).flatMap((port, i): readonly EntryPort[] => {
      if (!isObject(port) || typeof port.number !== 'number') return [];
      return [{ pointer: `/ports/${i}`, number: port.number, protocol: String(port.protocol ?? '').toUpperCase() }];
    });
    const seenBy = audienceOfObject(object, mesh);
    return listOr(object.spec.hosts).map(
      (host, i): EntryHost => ({
        object,
        pointer: `/hosts/${i}`,
        host: String(host).toLowerCase(),
        ports,
        seenBy,
      }),
    );
  });
}

import type { Mesh } from '../mesh/mesh.ts';
import { titleOf } from '../mesh/mesh-object.ts';
import type { ManifestPlace, MeshRequest, RouteDecision } from '../model/routing.ts';
import type { Place } from '../model/source.ts';
import { decideAtGateway } from './decide-at-gateway.ts';
import { decideInMesh } from './decide-in-mesh.ts';
import { sourcesOf } from './sources.ts';

/** Answers where requests go, by Istio's rules alone: it knows manifests and what is shown of the cluster, and no intent. */
export interface RoutingTable {
  readonly mesh: Mesh;
  readonly decide: (request: MeshRequest) => RouteDecision;
  /** The words behind a place of a manifest: of an intent, of a template's line, or of a hand-written file. */
  readonly sourceOf: (place: ManifestPlace) => Place | undefined;
}

export function buildRoutingTable(mesh: Mesh): RoutingTable {
  const sources = sourcesOf(mesh);
  const objects = new Map(mesh.shown('VirtualService').map((object) => [titleOf(object), object]));
  return {
    mesh,
    sourceOf: ({ manifest, pointer }) => {
      const object = objects.get(manifest);
      return pointer === '' ? object?.atBody('/spec', 'key') : object?.at(pointer);
    },
    decide: (request) => (request.gateway === undefined ? decideInMesh(request, sources) : decideAtGateway(request, sources)),
  };
}

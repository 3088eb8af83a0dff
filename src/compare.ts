/**
 * The third page: how two meshes are compared.
 *
 *   mesh before ──┐                        ┌─▶ objects that changed ──▶ places they can reach ──▶ route lists ──▶ classes of requests
 *   mesh after  ──┴──diff──▶ objects ──────┘
 *
 * What no changed object can reach has the same routes before and after, and costs nothing.
 */
import { type ComparedObjects, compareObjects } from './diff/compare-objects.ts';
import { compareTraffic } from './diff/compare-traffic.ts';
import { environmentMesh, type Mesh } from './mesh/mesh.ts';
import type { LoadedEnvironment } from './model/environment.ts';
import { sameJson } from './model/json.ts';
import { type Manifest, manifestId } from './model/manifest.ts';
import type { Comparison } from './model/traffic-diff.ts';
import { placesOf } from './simulate/places.ts';
import { routeListAt } from './simulate/route-lists.ts';
import { sourcesOf } from './simulate/sources.ts';
import { touchedPlaces } from './simulate/touched-places.ts';

/** One side of a comparison. */
export interface ComparedMesh extends ComparedObjects {
  readonly mesh: Mesh;
}

/** What changes for requests, and for objects, from one mesh to the other. */
export function compareMeshes(before: ComparedMesh, after: ComparedMesh): Comparison {
  const changes = compareObjects(before, after);
  const changed = {
    before: onlyIn(before.manifests, after.manifests),
    after: onlyIn(after.manifests, before.manifests),
  };
  const sources = [sourcesOf(before.mesh), sourcesOf(after.mesh)] as const;
  const touched = touchedPlaces(...sources, new Set([...changed.before.values(), ...changed.after.values()]));
  const places = placesOf(sources, touched).map((place) => ({
    place,
    before: routeListAt(place, sources[0]),
    after: routeListAt(place, sources[1]),
  }));
  const traffic = compareTraffic(places, changed);
  const assumptions = new Set(places.flatMap((one) => [...one.before.assumptions, ...one.after.assumptions]));
  return { traffic, changes, assumptions: [...assumptions] };
}

/** The mesh of a compiled environment, or of what was rendered of it: its surroundings with other manifests. */
export function meshOf(loaded: LoadedEnvironment, manifests: readonly Manifest[]): Mesh {
  return environmentMesh(loaded, manifests, new Set());
}

/** Objects that the others do not have just so, by title. */
function onlyIn(manifests: readonly Manifest[], others: readonly Manifest[]): ReadonlyMap<string, Manifest> {
  const known = new Map(others.map((manifest) => [manifestId(manifest), manifest]));
  return new Map(
    manifests.flatMap((manifest) => {
      const id = manifestId(manifest);
      return sameJson(known.get(id)?.body, manifest.body) ? [] : [[id, manifest]];
    }),
  );
}

/**
 * The page of meshes that are asked elsewhere: everything that the simulator reads of an environment, as plain values, and the simulator on them.
 *
 *   mesh ──carry──▶ values ──a file──▶ values ──open──▶ mesh ──simulate──▶ decisions, with the words behind each step
 *
 * What the intents say has become places: files, lines and columns beside the manifests. Nothing here knows a browser.
 */

import { declaredGateways } from '../../mesh/declared-gateways.ts';
import { declaredServices } from '../../mesh/declared-services.ts';
import type { DeclaredGateway } from '../../mesh/known-gateways.ts';
import type { DeclaredService } from '../../mesh/known-hosts.ts';
import { buildMesh } from '../../mesh/mesh.ts';
import { meshObject, registryObject } from '../../mesh/mesh-object.ts';
import { objectRead } from '../../mesh/object-read.ts';
import type { Environment, LoadedEnvironment } from '../../model/environment.ts';
import { isList, isObject, type Json, type JsonObject } from '../../model/json.ts';
import { type Manifest, manifestId } from '../../model/manifest.ts';
import { joinPointer, type Pointer, parentPointer } from '../../model/pointer.ts';
import type { RequestReading, RequestWords } from '../../model/request-words.ts';
import type { MeshRequest, RouteDecision } from '../../model/routing.ts';
import type { Place } from '../../model/source.ts';
import { buildRoutingTable } from '../../simulate/routing-table.ts';

/** The words behind a place of a manifest: file, line and column. */
export type CarriedPlace = readonly [file: string, line: number, column: number];

/** An environment's mesh as plain values. */
export interface CarriedMesh {
  readonly environment: Omit<Environment, 'value' | 'layers'>;
  readonly manifests: readonly CarriedManifest[];
  /** What `registry:` shows. */
  readonly objects: readonly JsonObject[];
  readonly services: readonly DeclaredService[];
  readonly gateways: readonly DeclaredGateway[];
}

export interface CarriedManifest extends Pick<Manifest, 'apiVersion' | 'kind' | 'name' | 'namespace' | 'body'> {
  /** By JSON Pointer into `spec` as today's Istio spells it; '' = the object itself. What is not there is where the nearest place above it is. */
  readonly places: Readonly<Record<Pointer, CarriedPlace>>;
}

/** Places of a manifest that a story may name are no deeper than this: '/http/0/match/1'. */
const deepest = 4;

/** Everything of an environment that its requests depend on. `placeOf` finds words in the sources. */
export function carryMesh(
  { environment, intents, registry }: LoadedEnvironment,
  manifests: readonly Manifest[],
  placeOf: (place: Place) => CarriedPlace | undefined,
): CarriedMesh {
  const { value: _, layers: __, ...facts } = environment;
  const home = environment.namespace ?? 'default';
  return {
    environment: facts,
    manifests: manifests.flatMap((manifest) => carried(manifest, home, placeOf) ?? []),
    // Objects of Istio's that its schemas do not accept count for nothing: what opens the mesh need not have the schemas.
    objects: registry.objects
      .filter((object) => !isIstio(object) || registryObject(object, home) !== undefined)
      .map(objectRead)
      .filter((object) => object !== undefined),
    services: declaredServices(environment, intents),
    gateways: declaredGateways(environment, intents),
  };
}

function isIstio({ apiVersion }: JsonObject): boolean {
  return typeof apiVersion === 'string' && /^[a-z]+\.istio\.io\//.test(apiVersion);
}

function carried(manifest: Manifest, home: string, placeOf: (place: Place) => CarriedPlace | undefined): CarriedManifest | undefined {
  const { apiVersion, kind, name, namespace } = manifest;
  const body = objectRead(manifest.body);
  if (body === undefined) return undefined;
  const object = meshObject(manifest, home, true);
  const places: Record<Pointer, CarriedPlace> = {};
  const put = (pointer: Pointer, place: Place | undefined): void => {
    const found = place === undefined ? undefined : placeOf(place);
    const above = pointer === '' ? undefined : nearest(places, parentPointer(pointer));
    if (found !== undefined && found.join() !== above?.join()) places[pointer] = found;
  };
  if (object !== undefined) {
    put('', object.atBody('/spec', 'key'));
    for (const pointer of placesIn(object.spec)) put(pointer, object.at(pointer));
  }
  return { apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }), body, places };
}

/** Maps and lists of a spec with those above them first. */
function placesIn(spec: Json, pointer: Pointer = '', depth = 0): readonly Pointer[] {
  if (depth >= deepest) return [];
  const entries = isList(spec) ? spec.map((item, i) => [i, item] as const) : isObject(spec) ? Object.entries(spec) : [];
  return entries.flatMap(([key, item]) => {
    if (!isList(item) && !isObject(item)) return [];
    const place = joinPointer(pointer, key);
    return [place, ...placesIn(item, place, depth + 1)];
  });
}

function nearest(places: Readonly<Record<Pointer, CarriedPlace>>, pointer: Pointer): CarriedPlace | undefined {
  for (let place = pointer; ; place = parentPointer(place)) {
    const found = places[place];
    if (found !== undefined || place === '') return found;
  }
}

/** Where requests of a carried mesh go: what `meshAsker` would answer. */
export interface OpenedMesh {
  readonly read: (words: RequestWords) => RequestReading;
  readonly tell: (request: MeshRequest) => { readonly decision: RouteDecision; readonly places: readonly (CarriedPlace | undefined)[] };
}

export function openMesh({ environment, manifests, objects, services, gateways }: CarriedMesh): OpenedMesh {
  const mesh = buildMesh({ ...environment, value: {}, layers: [] }, manifests.map(opened), { objects, services, gateways });
  const table = buildRoutingTable(mesh);
  const places = new Map(manifests.map((manifest) => [manifestId(manifest), manifest.places]));
  return {
    read: table.read,
    tell: (request) => {
      const decision = table.tell(request);
      return {
        decision,
        places: decision.steps.map(({ place }) =>
          place === undefined ? undefined : nearest(places.get(place.manifest) ?? {}, place.pointer),
        ),
      };
    },
  };
}

function opened(manifest: CarriedManifest): Manifest {
  return {
    ...manifest,
    provenance: { slots: [], values: [], renames: [] },
    owner: { kind: 'service', name: manifest.name, origin: { kind: 'derived' } },
  };
}

import { beforeMoves } from '../model/intent.ts';
import { type JsonObject, objectOr } from '../model/json.ts';
import { type Manifest, manifestId, originAt } from '../model/manifest.ts';
import type { Pointer } from '../model/pointer.ts';
import type { Place } from '../model/source.ts';
import { type IstioKind, istioKindOf, modernSpec, schemaOf } from './istio-kinds.ts';

/** An object of Istio's as rules read it. */
export interface MeshObject {
  readonly manifest: Manifest;
  readonly kind: IstioKind;
  readonly name: string;
  /** Where it lives: its own, else the environment's, else `default`. */
  readonly namespace: string;
  /** In today's spelling, whatever the mesh's dialect; {} where the object has none. */
  readonly spec: JsonObject;
  /** Whether its schema accepts it. Of an object with the wrong shape nothing more is said than that. */
  readonly wellFormed: boolean;
  /** The words behind a place of `spec`, by JSON Pointer into it ('' = the spec itself); of the key where `part` says so. */
  readonly at: (pointer: Pointer, part?: 'key') => Place | undefined;
  /** The same for a place of the whole body: '/metadata/name'. */
  readonly atBody: (pointer: Pointer, part?: 'key') => Place | undefined;
}

const readBefore = new WeakMap<
  Manifest,
  { readonly home: string; readonly wellFormed: boolean; readonly object: MeshObject | undefined }
>();

/** Undefined for an object that is none of Istio's. The same manifest is the same object, in whichever meshes it is. */
export function meshObject(manifest: Manifest, home: string, wellFormed: boolean): MeshObject | undefined {
  const before = readBefore.get(manifest);
  if (before !== undefined && before.home === home && before.wellFormed === wellFormed) return before.object;
  const object = readObject(manifest, home, wellFormed);
  readBefore.set(manifest, { home, wellFormed, object });
  return object;
}

function readObject(manifest: Manifest, home: string, wellFormed: boolean): MeshObject | undefined {
  const kind = istioKindOf(manifest);
  if (kind === undefined) return undefined;
  const written = objectOr(manifest.body.spec);
  const { value: spec, renames } = modernSpec(kind, written);
  const atBody = (pointer: Pointer, part?: 'key'): Place | undefined => {
    const place = originAt(manifest.provenance, pointer)?.at;
    if (place === undefined) return manifest.owner.origin.at;
    return part === undefined ? place : { ...place, part };
  };
  return {
    manifest,
    kind,
    name: manifest.name,
    namespace: manifest.namespace ?? home,
    spec,
    wellFormed,
    at: (pointer, part) => atBody(`/spec${beforeMoves(pointer, renames)}`, part),
    atBody,
  };
}

/** Whether people wrote the object itself: in a folder under `manifests:`, or in what `check --manifests` reads. */
export function isHandWritten({ owner }: Manifest): boolean {
  return owner.kind === 'manifests';
}

/** An object that `registry:` shows: it informs, it has no place in what is rendered. Undefined also for one of the wrong shape. */
export function registryObject(body: JsonObject, home: string): MeshObject | undefined {
  const { apiVersion, kind, metadata } = body;
  const { name, namespace } = objectOr(metadata);
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || typeof name !== 'string') return undefined;
  const manifest: Manifest = {
    apiVersion,
    kind,
    name,
    ...(typeof namespace === 'string' ? { namespace } : {}),
    body,
    provenance: { slots: [], values: [], renames: [] },
    owner: { kind: 'registry', name, origin: { kind: 'environment', reason: 'the registry shows it' } },
  };
  const object = meshObject(manifest, home, true);
  return object !== undefined && (schemaOf(object.kind)?.(object.spec) ?? true) ? object : undefined;
}

/** 'VirtualService bookinfo/reviews', as messages name objects; without a namespace where none is written. */
export function titleOf({ manifest }: MeshObject): string {
  return manifestId(manifest);
}

import { beforeMoves } from '../model/intent.ts';
import { type JsonObject, objectOr } from '../model/json.ts';
import { type Manifest, manifestId, originAt } from '../model/manifest.ts';
import type { Pointer } from '../model/pointer.ts';
import type { Place } from '../model/source.ts';
import { type IstioKind, istioKindOf, modernSpec } from './istio-kinds.ts';

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

/** Undefined for an object that is none of Istio's. */
export function meshObject(manifest: Manifest, home: string, wellFormed: boolean): MeshObject | undefined {
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

/** 'VirtualService bookinfo/reviews', as messages name objects; without a namespace where none is written. */
export function titleOf({ manifest }: MeshObject): string {
  return manifestId(manifest);
}

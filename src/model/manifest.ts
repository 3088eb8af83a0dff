import { beforeMoves } from './intent.ts';
import type { JsonObject } from './json.ts';
import type { Origin, Traced } from './origin.ts';
import { isWithin, type Pointer } from './pointer.ts';
import type { RepoPath } from './source.ts';

/** Which place of a drawn document a template's line produced, and which bound values stand there. */
export interface Slot {
  readonly pointer: Pointer;
  readonly template: RepoPath;
  /** Line of the template, from 1. */
  readonly line: number;
  /** Indexes into `Provenance.values` of what was bound here; empty for the template's own literals. */
  readonly values: readonly number[];
}

/** Where each place of a manifest comes from. Slots are shared by all documents of one shape; only `values` differ. */
export interface Provenance {
  readonly slots: readonly Slot[];
  readonly values: readonly Traced[];
  /** Places that the mesh's dialect spells otherwise than the template drew them (JSON Pointers into the whole body). */
  readonly renames: readonly { readonly from: Pointer; readonly to: Pointer }[];
}

/** A Kubernetes object as it will be written. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  /** apiVersion, kind, metadata, spec. */
  readonly body: JsonObject;
  readonly provenance: Provenance;
  /** The intent that asked for it: where its file goes, whom findings name. */
  readonly owner: ManifestOwner;
}

export interface ManifestOwner {
  /** 'service', 'gateway', 'external', 'manifests', 'template'. */
  readonly kind: string;
  readonly name: string;
  /** Only where the intent writes one: part of its identity, so part of its file's name. */
  readonly namespace?: string;
  readonly origin: Origin;
}

/** 'VirtualService bookinfo/reviews', or without the namespace where none is written. */
export function manifestId(manifest: Pick<Manifest, 'kind' | 'name' | 'namespace'>): string {
  return manifest.namespace === undefined ? `${manifest.kind} ${manifest.name}` : `${manifest.kind} ${manifest.namespace}/${manifest.name}`;
}

/** The slot that explains a place: its own, or that of the nearest place above it. */
export function slotAt(provenance: Provenance, pointer: Pointer): Slot | undefined {
  const drawn = beforeMoves(pointer, provenance.renames);
  let best: Slot | undefined;
  for (const slot of provenance.slots)
    if (isWithin(drawn, slot.pointer) && (best === undefined || slot.pointer.length >= best.pointer.length)) best = slot;
  return best;
}

/** Who caused the value at a place of the body: the bound value's origin, followed into it where a whole map or list was bound. */
export function originAt(provenance: Provenance, pointer: Pointer): Origin | undefined {
  const drawn = beforeMoves(pointer, provenance.renames);
  let best: Slot | undefined;
  for (const slot of provenance.slots) {
    const bound = slot.values.length > 0 && isWithin(drawn, slot.pointer);
    if (bound && (best === undefined || slot.pointer.length >= best.pointer.length)) best = slot;
  }
  const origin = provenance.values[best?.values[0] ?? -1]?.origin;
  if (best === undefined || origin?.at === undefined) return origin;
  const beneath = drawn.slice(best.pointer.length);
  return beneath === '' ? origin : { ...origin, at: { ...origin.at, pointer: origin.at.pointer + beneath } };
}

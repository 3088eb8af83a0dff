import { isList, isObject, type Json, type JsonObject } from './json.ts';
import type { Origin } from './origin.ts';
import { type Pointer, parentPointer, valueAt } from './pointer.ts';
import type { Address, RepoPath } from './source.ts';

export const intentKinds = ['service', 'gateway', 'external', 'train'] as const;
export type IntentKind = (typeof intentKinds)[number];

/** One text that contributes to a merged document: a file's document, or the environment's defaults. */
export interface Layer {
  readonly kind: 'intent' | 'environment';
  readonly file: RepoPath;
  readonly document: number;
  /** Where this layer's value stands in its document: '' for an intent, '/defaults/service' for defaults. */
  readonly base: Pointer;
  /** Short forms expanded; nulls kept, because they remove what lies beneath. */
  readonly value: JsonObject;
  /** What reading moved, in the order it was done: old spellings made new, then short forms written out. */
  readonly moves: readonly (readonly Move[])[];
}

/** A value that reading moved: JSON Pointers beneath the layer's base, before and after. */
export interface Move {
  readonly from: Pointer;
  readonly to: Pointer;
}

/** Layers merged by RFC 7386, lowest first. */
export interface Layered {
  readonly value: JsonObject;
  readonly layers: readonly Layer[];
}

export interface Intent extends Layered {
  readonly kind: IntentKind;
  readonly name: string;
  /** Only where the intent writes it: part of its identity. */
  readonly namespace?: string;
}

/** 'service reviews' or 'service bookinfo/reviews', as messages and `list` spell it. */
export function intentTitle(intent: Pick<Intent, 'name' | 'namespace'> & { readonly kind: string }): string {
  return intent.namespace === undefined ? `${intent.kind} ${intent.name}` : `${intent.kind} ${intent.namespace}/${intent.name}`;
}

/**
 * Who said what stands at `pointer` of the merged value: the highest layer that says it.
 * For a place that nobody wrote, whoever wrote the nearest place above it.
 */
export function originOf(layered: Layered, pointer: Pointer, part: 'key' | 'value' = 'value'): Origin {
  const [only] = layered.layers;
  // With one layer there is nobody else; whoever looks the place up finds the nearest one above it that is written.
  if (only !== undefined && layered.layers.length === 1) return { kind: only.kind, at: addressIn(only, pointer, part) };
  for (let place = pointer; ; place = parentPointer(place)) {
    for (const layer of layered.layers.toReversed()) {
      if (valueAt(layer.value, place) !== undefined) return { kind: layer.kind, at: addressIn(layer, place, part) };
    }
    if (place === '') break;
  }
  return { kind: 'derived', reason: 'nothing is written for it' };
}

/** The place in a layer's file of a place in its expanded value. */
export function addressIn(layer: Layer, pointer: Pointer, part: 'key' | 'value' = 'value'): Address {
  const source = layer.moves.reduceRight(beforeMoves, pointer);
  const address = { file: layer.file, document: layer.document, pointer: layer.base + source };
  return part === 'key' ? { ...address, part } : address;
}

/** Where a place stood before it was moved: by the move that names it most closely. */
export function beforeMoves(pointer: Pointer, moves: readonly Move[]): Pointer {
  if (moves.length === 0) return pointer;
  const sources = sourcesOf(moves);
  for (let place = pointer; ; place = parentPointer(place)) {
    const from = sources.get(place);
    if (from !== undefined) return from + pointer.slice(place.length);
    if (place === '') return pointer;
  }
}

const sourcesByMoves = new WeakMap<readonly Move[], ReadonlyMap<Pointer, Pointer>>();

/** Where things stood by where they stand; a gateway may have moved thousands. */
function sourcesOf(moves: readonly Move[]): ReadonlyMap<Pointer, Pointer> {
  const known = sourcesByMoves.get(moves);
  if (known !== undefined) return known;
  const sources = new Map<Pointer, Pointer>();
  for (const { from, to } of moves) if (!sources.has(to)) sources.set(to, from);
  sourcesByMoves.set(moves, sources);
  return sources;
}

/** JSON Merge Patch (RFC 7386); where `keepsNull` says so a null stays, because there it means "Istio's default", not "absent". */
export function mergePatch(
  target: Json | undefined,
  patch: JsonObject,
  keepsNull: (pointer: Pointer) => boolean,
  pointer: Pointer = '',
): JsonObject {
  const merged: Record<string, Json> = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    const place = `${pointer}/${key}`;
    if (value === null && !keepsNull(place)) delete merged[key];
    else merged[key] = isObject(value) ? mergePatch(merged[key], value, keepsNull, place) : value;
  }
  return merged;
}

/** The value without null entries in maps: what a schema judges, since null only ever means "remove". Lists are left as they are. */
export function withoutNulls(value: Json): Json {
  if (isList(value)) return value.some(holdsNull) ? value.map((item) => (item === null ? item : withoutNulls(item))) : value;
  if (!isObject(value) || !holdsNull(value)) return value;
  const kept: Record<string, Json> = {};
  for (const [key, item] of Object.entries(value)) if (item !== null) kept[key] = withoutNulls(item);
  return kept;
}

function holdsNull(value: Json): boolean {
  if (value === null) return true;
  if (isList(value)) return value.some(holdsNull);
  return isObject(value) && Object.values(value).some(holdsNull);
}

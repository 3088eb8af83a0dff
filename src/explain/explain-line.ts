import { pointerAtLine } from '../document/pointer-at.ts';
import type { Json } from '../model/json.ts';
import { type Manifest, manifestId, originAt, slotAt } from '../model/manifest.ts';
import type { Origin } from '../model/origin.ts';
import { type Pointer, valueAt } from '../model/pointer.ts';
import type { RepoPath } from '../model/source.ts';

/** A line of a rendered file, led back to the words and the template line that made it. */
export interface LineExplanation {
  readonly manifest: string;
  readonly pointer: Pointer;
  readonly value: Json;
  /** Absent for a literal of the template. */
  readonly origin?: Origin;
  readonly template?: { readonly file: RepoPath; readonly line: number };
}

/**
 * Explains a line (from 1) of a file's text; `manifests` are the file's objects in its order.
 * Undefined for a line that belongs to no object.
 */
export function explainLine(text: string, manifests: readonly Manifest[], line: number): LineExplanation | undefined {
  const place = pointerAtLine(text, line);
  const manifest = place === undefined ? undefined : manifests[place.document];
  if (place === undefined || manifest === undefined) return undefined;
  const slot = slotAt(manifest.provenance, place.pointer);
  // A literal such as `kind:` is the template's own; only what was bound leads on to an intent.
  const bound = slot !== undefined && (slot.values.length > 0 || slot.pointer !== place.pointer);
  const origin = bound ? originAt(manifest.provenance, place.pointer) : undefined;
  return {
    manifest: manifestId(manifest),
    pointer: place.pointer,
    value: valueAt(manifest.body, place.pointer) ?? null,
    ...(origin === undefined ? {} : { origin }),
    ...(slot === undefined ? {} : { template: { file: slot.template, line: slot.line } }),
  };
}

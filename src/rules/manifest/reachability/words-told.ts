import type { Mesh } from '../../../mesh/mesh.ts';
import { isHandWritten, type MeshObject } from '../../../mesh/mesh-object.ts';
import { type Pointer, valueAt } from '../../../model/pointer.ts';
import { isSpan, type Place } from '../../../model/source.ts';
import { allHttpReach, comesThrough, type HttpAlternative } from './http-reach.ts';

/**
 * Where to report an alternative that nothing reaches, and whether at all. Words of an intent come to stand in several routes and several
 * objects: they are told once, and only if none of those is reached. A route that nobody wrote, for everyone whom no rule names, is
 * nobody's mistake.
 */
export function createTeller(mesh: Mesh): (object: MeshObject, alternative: HttpAlternative) => Pointer | undefined {
  const told = new Set<string>();
  let reached: ReadonlySet<string> | undefined;
  return (object, alternative) => {
    if (isHandWritten(object.manifest)) return alternative.pointer;
    const pointer = wordsOf(object, alternative);
    const words = placeKey(object, pointer);
    reached ??= reachedWords(mesh);
    if (words === undefined || reached.has(words) || told.has(words)) return undefined;
    told.add(words);
    return pointer;
  };
}

function reachedWords(mesh: Mesh): ReadonlySet<string> {
  const reached = new Set<string>();
  for (const { object, reach } of allHttpReach(mesh)) {
    if (isHandWritten(object.manifest)) continue;
    for (const alternative of reach.alternatives) {
      const words = comesThrough(alternative.fate) ? placeKey(object, wordsOf(object, alternative)) : undefined;
      if (words !== undefined) reached.add(words);
    }
  }
  return reached;
}

/** Undefined for words that are the intent itself. */
function placeKey(object: MeshObject, pointer: Pointer): string | undefined {
  const words = addressKey(object.at(pointer));
  return words === addressKey(object.manifest.owner.origin.at) ? undefined : words;
}

function addressKey(place: Place | undefined): string | undefined {
  return place === undefined || isSpan(place) ? undefined : `${place.file} ${place.document} ${place.pointer}`;
}

/** What of a route was written for it: its condition, else what it answers with. */
function wordsOf({ spec }: MeshObject, { part, pointer }: HttpAlternative): Pointer {
  if (pointer !== part.pointer) return pointer;
  const answers = ['/route/0/destination/subset', '/redirect', '/directResponse', '/delegate/name', '/route/0/destination/host'];
  return answers.map((answer) => part.pointer + answer).find((answer) => valueAt(spec, answer) !== undefined) ?? pointer;
}

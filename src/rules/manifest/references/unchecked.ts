import type { MeshObject } from '../../../mesh/mesh-object.ts';
import { listWords } from '../../../model/names.ts';
import type { Pointer } from '../../../model/pointer.ts';

/** Something that an object names and the input does not tell of. */
export interface Unchecked {
  readonly object: MeshObject;
  readonly pointer: Pointer;
  /** What is counted: a host named in ten places is one. */
  readonly what: string;
  /** The namespace whose objects would tell; '' where it is not one namespace. */
  readonly namespace: string;
}

export interface UncheckedParams {
  readonly count: number;
  readonly namespaces: readonly string[];
}

/** One note for all of a sort, at the first place; undefined where everything could be checked. */
export function countUnchecked(all: readonly Unchecked[]): { readonly first: Unchecked; readonly params: UncheckedParams } | undefined {
  const [first] = all;
  if (first === undefined) return undefined;
  const namespaces = [...new Set(all.map(({ namespace }) => namespace))].filter((namespace) => namespace !== '').sort();
  return { first, params: { count: new Set(all.map(({ what }) => what)).size, namespaces } };
}

/** ' in the namespaces a, b and c'; '' for none. */
export function inNamespaces(namespaces: readonly string[]): string {
  const shown = namespaces.length > 5 ? [...namespaces.slice(0, 4), `${namespaces.length - 4} more`] : namespaces;
  if (shown.length === 0) return '';
  return ` in the namespace${shown.length === 1 ? '' : 's'} ${listWords(shown)}`;
}

export function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

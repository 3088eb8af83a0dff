import { type Json, sameJson } from '../model/json.ts';
import type { Pointer } from '../model/pointer.ts';
import type { Site, SiteValue } from '../model/site.ts';

/** One word of an intent across environments. */
export interface ComparedWord {
  readonly pointer: Pointer;
  /** In the order of the environments; undefined where nothing is said, null where the intent is not there at all. */
  readonly values: readonly (SiteValue | undefined | null)[];
  readonly differs: boolean;
}

/** Every word that an intent says in any environment, in the order in which they say it. */
export function comparedWords({ environments }: Site, id: string): readonly ComparedWord[] {
  const columns = environments.map(({ intents }) => {
    const intent = intents.find((one) => one.id === id);
    return intent === undefined ? null : new Map(intent.values.map((value) => [value.pointer, value]));
  });
  const pointers = new Set(columns.flatMap((column) => (column === null ? [] : [...column.keys()])));
  return [...pointers].map((pointer): ComparedWord => {
    const values = columns.map((column) => (column === null ? null : column.get(pointer)));
    const said: readonly (Json | undefined)[] = values.filter((value) => value !== null).map((value) => value?.value);
    return { pointer, values, differs: said.some((value) => !sameJson(value, said[0])) };
  });
}

/** '/spec/http/0/timeout' → 'spec.http[0].timeout' */
export function dottedPointer(pointer: Pointer): string {
  const dotted = pointer
    .split('/')
    .slice(1)
    .map((segment) => {
      const word = segment.replaceAll('~1', '/').replaceAll('~0', '~');
      if (/^(0|[1-9]\d*)$/.test(word)) return `[${word}]`;
      return `.${/^[\w-]+$/.test(word) ? word : JSON.stringify(word)}`;
    });
  return dotted.join('').replace(/^\./, '');
}

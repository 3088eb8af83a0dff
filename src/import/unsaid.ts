import type { Pointer } from '../model/pointer.ts';

/** Something of an object's spec that intents have no words for. `because` goes on from 'VirtualService x stays a manifest: '. */
export interface Unsaid {
  readonly unsaid: Pointer;
  readonly because: string;
}

export function unsaid(pointer: Pointer, because: string): Unsaid {
  return { unsaid: pointer, because };
}

export function isUnsaid(value: object): value is Unsaid {
  return 'unsaid' in value;
}

/** The first key that is none of those known. */
export function unknownKey(value: object, known: readonly string[], pointer: Pointer): Unsaid | undefined {
  const key = Object.keys(value).find((one) => !known.includes(one));
  return key === undefined ? undefined : unsaid(`${pointer}/${key}`, `intents have no word for \`${key}\` there`);
}

import type { Json } from '../model/json.ts';
import type { Pointer } from '../model/pointer.ts';

/** One way in which a value misses its schema. `pointer` is the value that is judged; for keys, the map that holds them. */
export type Fault =
  | {
      readonly kind: 'unknown-key';
      readonly pointer: Pointer;
      readonly key: string;
      readonly known: readonly string[];
      readonly home?: string;
    }
  | { readonly kind: 'missing'; readonly pointer: Pointer; readonly keys: readonly string[] }
  | { readonly kind: 'one-of'; readonly pointer: Pointer; readonly keys: readonly string[]; readonly example?: Json | undefined }
  | { readonly kind: 'exclusive'; readonly pointer: Pointer; readonly keys: readonly string[] }
  | { readonly kind: 'not-here'; readonly pointer: Pointer; readonly key: string }
  | { readonly kind: 'key-form'; readonly pointer: Pointer; readonly key: string; readonly expected: string }
  | TypeFault
  | { readonly kind: 'allowed'; readonly pointer: Pointer; readonly value: Json; readonly allowed: readonly Json[] }
  | { readonly kind: 'form'; readonly pointer: Pointer; readonly value: string; readonly expected: readonly string[] }
  | { readonly kind: 'range'; readonly pointer: Pointer; readonly value: number; readonly range: string }
  | { readonly kind: 'length'; readonly pointer: Pointer; readonly limit: string; readonly found: number }
  | { readonly kind: 'repeated'; readonly pointer: Pointer; readonly first: number }
  | { readonly kind: 'other'; readonly pointer: Pointer; readonly problem: string };

export interface TypeFault {
  readonly kind: 'type';
  readonly pointer: Pointer;
  readonly value: Json;
  /** JSON Schema types. */
  readonly expected: readonly string[];
  /** What text must look like, where text is expected. */
  readonly form?: string | undefined;
  /** The one-key maps that would say the value as it was meant: `{prefix: /x}` for `/x`. */
  readonly wrapped?: readonly Json[] | undefined;
  /** What the schema gives as an example of a fitting value. */
  readonly example?: Json | undefined;
}

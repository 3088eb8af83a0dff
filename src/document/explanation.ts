import type { Json } from '../model/json.ts';
import type { Pointer } from '../model/pointer.ts';
import type { Fault } from './fault.ts';
import type { Schema, SchemaSource } from './schema.ts';

/** Whether a text meets a schema's `pattern`, which is looked for anywhere in it. */
export type PatternMatcher = (pattern: string, text: string) => boolean;

/** What the parts of the explainer ask of each other. */
export interface Explanation {
  readonly source: SchemaSource;
  readonly matches: PatternMatcher;
  readonly explain: (schema: Schema, value: Json, pointer: Pointer) => readonly Fault[];
  /** Whether a map of this schema may have the key. */
  readonly names: (schema: Schema | undefined, key: string) => boolean;
}

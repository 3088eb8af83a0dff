import { isObject, type Json, type JsonObject } from '../model/json.ts';
import { valueAt } from '../model/pointer.ts';

/** A JSON Schema (draft-07) with what its relative references start from. */
export interface Schema {
  readonly value: JsonObject;
  /** `$id` of the schema file that it stands in. */
  readonly base: string;
}

/** Schema files by `$id`. */
export type SchemaSource = (id: string) => JsonObject | undefined;

/** A schema's part in the same file. */
export function partOf(schema: Schema, value: Json | undefined): Schema | undefined {
  return isObject(value) ? { value, base: schema.base } : undefined;
}

/** The schema that `$ref` names, in this file or another; undefined where there is none. */
export function referenced(schema: Schema, reference: string, source: SchemaSource): Schema | undefined {
  const [path = '', pointer = ''] = reference.split('#');
  const base = path === '' ? schema.base : path.includes('://') ? path : `${schema.base.slice(0, schema.base.lastIndexOf('/') + 1)}${path}`;
  const file = source(base);
  const value = file === undefined ? undefined : valueAt(file, decodeURIComponent(pointer));
  return isObject(value) ? { value, base } : undefined;
}

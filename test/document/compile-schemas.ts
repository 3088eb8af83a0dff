import { Ajv } from 'ajv';
import type { SchemaValidator } from '../../src/document/validate.ts';
import type { JsonObject } from '../../src/model/json.ts';

/** The first schema as a validator, the others for its references; each gets an $id by its place where it has none. */
export function compileSchemas(...schemas: readonly JsonObject[]): SchemaValidator {
  const named = schemas.map((schema, index): JsonObject & { readonly $id: string } => ({
    ...schema,
    $id: typeof schema.$id === 'string' ? schema.$id : `https://mainsheet.dev/test/${index}.json`,
  }));
  const ajv = new Ajv({
    schemas: named,
    strict: true,
    strictTypes: false,
    strictRequired: false,
    allowUnionTypes: true,
    validateSchema: false,
  });
  const id = named[0]?.$id ?? '';
  return Object.assign((value: unknown) => ajv.validate(id, value) === true, {
    id,
    schemas: (wanted: string) => named.find(({ $id }) => $id === wanted),
  });
}

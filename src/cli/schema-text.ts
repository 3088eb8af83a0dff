import * as validators from '../generated/validators.js';
import { bundledSchema } from '../report/bundled-schema.ts';
import type { SchemaKind } from './arguments/schema.ts';

const validatorOf: Readonly<Record<SchemaKind, typeof validators.service>> = {
  intent: validators.intentFile,
  service: validators.service,
  external: validators.external,
  gateway: validators.gateway,
  environment: validators.environment,
  train: validators.train,
  settings: validators.settings,
  tests: validators.routingTests,
};

/** A schema that needs no other file, as JSON. */
export function schemaText(kind: SchemaKind): string {
  const { id, schemas } = validatorOf[kind];
  return `${JSON.stringify(bundledSchema(id, schemas), null, 2)}\n`;
}

export function schemaFileName(kind: SchemaKind): string {
  return `${kind}.schema.json`;
}

import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as validators from '../../generated/validators.js';
import { didYouMean, listWords } from '../../model/names.ts';
import { makeFolders } from '../../repo/make-folders.ts';
import { bundledSchema } from '../../report/bundled-schema.ts';
import { visibleText } from '../../report/visible-text.ts';
import { type SchemaFlags, type SchemaKind, schemaKinds } from '../arguments/schema.ts';
import type { CliContext } from '../cli-context.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { usageError } from '../usage-error.ts';

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

/** Prints one schema, or writes one or all of them as files of a folder. */
export async function schema(context: CliContext, flags: SchemaFlags, named?: string): Promise<ExitCode> {
  const kind = schemaKinds.find((candidate) => candidate === named);
  if (named !== undefined && kind === undefined) {
    throw usageError(`there is no schema "${named}", but ${listWords(schemaKinds)}`, didYouMean(named, schemaKinds));
  }
  if (flags.out === undefined) {
    if (kind === undefined)
      throw usageError('which schema? Name one, or give --out DIR for all', [`one of ${listWords(schemaKinds, 'or')}`]);
    context.process.stdout.write(schemaText(kind));
    return exitCode.done;
  }
  const folder = resolve(context.workingFolder, flags.out);
  makeFolders(folder);
  for (const each of kind === undefined ? schemaKinds : [kind]) {
    writeFileSync(join(folder, `${each}.schema.json`), schemaText(each));
    context.process.stdout.write(`written  ${visibleText(join(flags.out, `${each}.schema.json`))}\n`);
  }
  return exitCode.done;
}

function schemaText(kind: SchemaKind): string {
  const { id, schemas } = validatorOf[kind];
  return `${JSON.stringify(bundledSchema(id, schemas), null, 2)}\n`;
}

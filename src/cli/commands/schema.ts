import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { didYouMean, listWords } from '../../model/names.ts';
import { makeFolders } from '../../repo/make-folders.ts';
import { visibleText } from '../../report/visible-text.ts';
import { type SchemaFlags, type SchemaKind, schemaKinds } from '../arguments/schema.ts';
import type { CliContext } from '../cli-context.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { schemaFileName, schemaText } from '../schema-text.ts';
import { usageError } from '../usage-error.ts';

/** Prints one schema, or writes those named, or all of them, as files of a folder. */
export async function schema(context: CliContext, flags: SchemaFlags, ...named: readonly string[]): Promise<ExitCode> {
  const kinds = named.map(kindOf);
  const [first, ...others] = kinds;
  if (flags.out === undefined) {
    if (first === undefined || others.length > 0)
      throw usageError('which schema? Name one, or give --out DIR for more', [`one of ${listWords(schemaKinds, 'or')}`]);
    context.process.stdout.write(schemaText(first));
    return exitCode.done;
  }
  const folder = resolve(context.workingFolder, flags.out);
  makeFolders(folder);
  for (const each of first === undefined ? schemaKinds : new Set(kinds)) {
    writeFileSync(join(folder, schemaFileName(each)), schemaText(each));
    context.process.stdout.write(`written  ${visibleText(join(flags.out, schemaFileName(each)))}\n`);
  }
  return exitCode.done;
}

function kindOf(named: string): SchemaKind {
  const kind = schemaKinds.find((candidate) => candidate === named);
  if (kind === undefined) throw usageError(`there is no schema "${named}", but ${listWords(schemaKinds)}`, didYouMean(named, schemaKinds));
  return kind;
}

import { type DiagnosticsFormatName, diagnosticsFormatNames } from '../../report/formats.ts';
import type { CliContext } from '../cli-context.ts';

/** Flags that several commands have, in the same words. */

export const rootFlag = {
  kind: 'parsed',
  parse: String,
  brief: 'Work in this folder instead of the nearest one upwards that has mainsheet.yaml or environments/',
  placeholder: 'DIR',
  optional: true,
} as const;

export const environmentsFlag = {
  kind: 'parsed',
  parse: String,
  brief: 'Only this environment; may be repeated. Without it all that are not abstract',
  placeholder: 'NAME',
  optional: true,
  variadic: ',',
  proposeCompletions: proposeEnvironments,
} as const;

export const environmentFlag = {
  kind: 'parsed',
  parse: String,
  brief: 'The environment to look at; may be left out where there is only one',
  placeholder: 'NAME',
  optional: true,
  proposeCompletions: proposeEnvironments,
} as const;

export function formatFlag(brief: string): {
  readonly kind: 'enum';
  readonly values: readonly DiagnosticsFormatName[];
  readonly brief: string;
  readonly default: 'text';
} {
  return { kind: 'enum', values: diagnosticsFormatNames, brief, default: 'text' };
}

export async function proposeEnvironments(this: CliContext, partial: string): Promise<readonly string[]> {
  const { namesOnDisk } = await import('../names-on-disk.ts');
  return namesOnDisk(this.workingFolder).environments.filter((name) => name.startsWith(partial));
}

export async function proposeIntents(this: CliContext, partial: string): Promise<readonly string[]> {
  const { namesOnDisk } = await import('../names-on-disk.ts');
  return namesOnDisk(this.workingFolder).intents.filter((name) => name.startsWith(partial));
}

export const shortJsonFlag = { kind: 'boolean', optional: true, withNegated: false, brief: 'The same as --format json' } as const;

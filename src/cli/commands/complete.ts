import { proposeCompletions } from '@stricli/core';
import { application } from '../application.ts';
import type { CliContext } from '../cli-context.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';

/**
 * The words that may follow, one a line, for the scripts of `mainsheet completion`. `words` are those after `mainsheet`, the last one
 * being the one at the cursor, possibly empty. A first word `--with-briefs` adds a tab and what each word means.
 */
export async function complete(context: CliContext, words: readonly string[]): Promise<ExitCode> {
  const withBriefs = words[0] === '--with-briefs';
  const inputs = withBriefs ? words.slice(1) : words;
  const proposals = await proposeCompletions(application(context.version), inputs, context);
  for (const { completion, brief } of proposals) context.process.stdout.write(withBriefs ? `${completion}\t${brief}\n` : `${completion}\n`);
  return exitCode.done;
}

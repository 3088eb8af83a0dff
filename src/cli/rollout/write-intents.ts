import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolders } from '../../repo/make-folders.ts';
import { writeInputs } from '../../repo/write-input.ts';
import { valueWords } from '../../report/decision-words.ts';
import { visibleText } from '../../report/visible-text.ts';
import type { EditedIntents } from '../../rollout-moves.ts';
import type { CliContext } from '../cli-context.ts';
import { type ExitCode, exitCode, exitCodeOf } from '../exit-code.ts';
import { reportFindings } from '../report-findings.ts';
import type { Workspace } from '../workspace.ts';

/** Writes what intents shall say into the work tree, all of it or nothing; in a dry run shows it. What can't be written without losing something is shown. */
export function writeIntents(
  context: CliContext,
  { root, prefix, tree, inputs }: Workspace,
  { files, refused }: EditedIntents,
  isDry: boolean,
): ExitCode {
  const { stdout, stderr } = context.process;
  if (refused.length > 0) {
    const lines = refused.flatMap(({ title, reason, patch }) => [`  ${title}: ${reason}`, `    ${valueWords(patch)}`]);
    stderr.write(`Nothing is written. Change by hand:\n${lines.map((line) => `${visibleText(line)}\n`).join('')}`);
    return exitCode.refusedForSafety;
  }
  if (files.size === 0) stdout.write('the intents say so already\n');
  if (isDry) {
    for (const [path, text] of files) stdout.write(`would write ${prefix}${path}\n${text.replace(/^/gm, '  ').trimEnd()}\n`);
    return exitCode.done;
  }
  const known = new Map([...files].filter(([path]) => tree.has(path)));
  const diagnostics = inputs?.compiler.locate(writeInputs(root, known)) ?? [];
  reportFindings(context, { diagnostics, tree, prefix }, 'text', stderr);
  if (diagnostics.length > 0) return exitCodeOf(diagnostics);
  for (const [path, text] of files) {
    if (!known.has(path)) {
      makeFolders(dirname(join(root, path)));
      writeFileSync(join(root, path), text, { flag: 'wx' });
    }
    stdout.write(`wrote ${prefix}${path}\n`);
  }
  return exitCode.done;
}

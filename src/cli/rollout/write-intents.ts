import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { RolloutState } from '../../model/rollout.ts';
import type { FileTree } from '../../model/source.ts';
import type { EditedIntents } from '../../pipelines/rollouts/rollout-moves.ts';
import { makeFolders } from '../../repo/make-folders.ts';
import { writeInputs } from '../../repo/write-input.ts';
import { valueWords } from '../../report/decision-words.ts';
import { renderRolloutEditJson, type ToldEdit } from '../../report/rollout-edit-json.ts';
import { visibleText } from '../../report/visible-text.ts';
import type { CliContext } from '../cli-context.ts';
import { type ExitCode, exitCode, exitCodeOf } from '../exit-code.ts';
import { reportFindings } from '../report-findings.ts';
import type { Workspace } from '../workspace.ts';

/** How what becomes of an edit is told. */
export interface EditTelling {
  readonly state: Pick<RolloutState, 'environment' | 'subject'>;
  readonly format: 'text' | 'json';
  readonly isDry: boolean;
  /** What is said of it besides. */
  readonly message?: string;
  /** What is said where there is nothing to write. */
  readonly unchanged?: string;
}

/** Writes what intents shall say into the work tree, all of it or nothing; in a dry run shows it. What can't be written without losing something is shown. */
export function writeIntents(context: CliContext, workspace: Workspace, edits: EditedIntents, telling: EditTelling): ExitCode {
  const { stdout, stderr } = context.process;
  const { files, refused } = edits;
  const tellText = telling.format === 'text' ? (text: string) => stdout.write(text) : () => true;
  if (telling.message !== undefined) tellText(`${visibleText(telling.message)}\n`);
  if (refused.length > 0) {
    if (telling.format === 'json') tellJson(context, telling, { outcome: 'refused', refused, files });
    const lines = refused.flatMap(({ title, reason, patch }) => [`  ${title}: ${reason}`, `    ${valueWords(patch)}`]);
    stderr.write(`Nothing is written. Change by hand:\n${lines.map((line) => `${visibleText(line)}\n`).join('')}`);
    return exitCode.refusedForSafety;
  }
  const { prefix } = workspace;
  if (files.size === 0) tellText(`${visibleText(telling.unchanged ?? 'the intents say so already')}\n`);
  if (telling.isDry) for (const [path, text] of files) tellText(`would write ${prefix}${path}\n${text.replace(/^/gm, '  ').trimEnd()}\n`);
  else {
    const code = writeAll(context, workspace, files);
    if (code !== exitCode.done) return code;
    for (const path of files.keys()) tellText(`wrote ${prefix}${path}\n`);
  }
  const outcome = files.size === 0 ? 'unchanged' : telling.isDry ? 'would-write' : 'written';
  const shown = new Map([...files].map(([path, text]) => [`${prefix}${path}`, text]));
  if (telling.format === 'json') tellJson(context, telling, { outcome, files: shown });
  return exitCode.done;
}

function writeAll(context: CliContext, { root, prefix, tree, inputs }: Workspace, files: FileTree): ExitCode {
  const known = new Map([...files].filter(([path]) => tree.has(path)));
  const diagnostics = inputs?.compiler.locate(writeInputs(root, known)) ?? [];
  reportFindings(context, { diagnostics, tree, prefix }, 'text', context.process.stderr);
  if (diagnostics.length > 0) return exitCodeOf(diagnostics);
  for (const [path, text] of files) {
    if (known.has(path)) continue;
    makeFolders(dirname(join(root, path)));
    writeFileSync(join(root, path), text, { flag: 'wx' });
  }
  return exitCode.done;
}

/** There is nothing to write, and a reason for that. */
export function tellUnchanged(context: CliContext, telling: EditTelling, message: string): ExitCode {
  if (telling.format === 'json') tellJson(context, { ...telling, message }, { outcome: 'unchanged', files: new Map() });
  else context.process.stdout.write(`${visibleText(message)}\n`);
  return exitCode.done;
}

/** One answer for a machine. */
export function tellJson(
  { process }: CliContext,
  { state, message }: EditTelling,
  told: Omit<ToldEdit, 'environment' | 'rollout' | 'message'>,
): void {
  const said = message === undefined ? {} : { message };
  process.stdout.write(renderRolloutEditJson({ environment: state.environment, rollout: state.subject, ...said, ...told }));
}

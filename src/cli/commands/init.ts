import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { makeFolders } from '../../repo/make-folders.ts';
import { visibleText } from '../../report/visible-text.ts';
import type { CliContext } from '../cli-context.ts';
import { editorFiles, editorSettingsPath } from '../editor-files.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { starterFiles } from '../starter-files.ts';

/** Writes the starter files and what editors need, as far as they are not there yet, and says of each what it did. */
export async function init(context: CliContext, _flags: Readonly<Record<never, never>>, named?: string): Promise<ExitCode> {
  const folder = resolve(context.workingFolder, named ?? '.');
  const { stdout } = context.process;
  const show = (path: string): string => visibleText(named === undefined ? path : join(named, path));
  for (const [path, text] of [...starterFiles, ...editorFiles()]) {
    const target = join(folder, path);
    if (existsSync(target)) {
      stdout.write(`kept     ${show(path)}\n`);
      continue;
    }
    makeFolders(dirname(target));
    writeFileSync(target, text, { flag: 'wx' });
    stdout.write(`written  ${show(path)}\n`);
  }
  if (!readFileSync(join(folder, editorSettingsPath), 'utf8').includes('.schemas/'))
    stdout.write(`\n${show(editorSettingsPath)} is yours: docs/editors.md has the lines by which it completes intents.\n`);
  stdout.write(`\nNext: ${named === undefined ? '' : `cd ${visibleText(named)} && `}mainsheet render\n`);
  return exitCode.done;
}

import type { Diagnostic } from '../../model/diagnostic.ts';
import { checkRendered, type RenderCheck } from '../../repo/check-rendered.ts';
import { planWrites } from '../../repo/plan-writes.ts';
import { readRendered } from '../../repo/rendered-folder.ts';
import { visibleText } from '../../report/visible-text.ts';
import type { CliContext } from '../cli-context.ts';
import { exitCode } from '../exit-code.ts';
import { environmentLines } from './environment-lines.ts';
import type { OutputTarget } from './output-target.ts';
import type { Outcome } from './write-targets.ts';

/** Says of every folder whether it is what a render would leave, and of each file that differs, how. */
export function checkTargets(context: CliContext, targets: readonly OutputTarget[]): Outcome {
  const diagnostics: Diagnostic[] = [];
  const rows: [string, string][] = [];
  const differences: string[] = [];
  let isHeldBack = false;
  for (const { environment, root, out, files } of targets) {
    const existing = readRendered(root, out);
    diagnostics.push(...existing.diagnostics);
    if (existing.value === undefined) continue;
    const found = checkRendered(existing.value, files);
    const count = `${files.size} file${files.size === 1 ? '' : 's'}`;
    rows.push([environment, `${count}, ${found.upToDate ? 'up to date' : 'out of date'}`]);
    differences.push(...differenceLines(found, out));
    isHeldBack ||= planWrites(existing.value, files, out).refusals.length > 0;
  }
  const { stdout } = context.process;
  stdout.write(environmentLines(rows));
  if (differences.length === 0) return { exitCode: exitCode.done, diagnostics };
  stdout.write(`${differences.join('\n')}\n${isHeldBack ? heldBack : advice}\n`);
  return { exitCode: exitCode.differencesFound, diagnostics };
}

const advice = 'Run `mainsheet render` and commit what it writes.';
/** A render would refuse as it stands, and name the flag or the file. */
const heldBack = 'Run `mainsheet render`: it says what it must be told before it replaces or removes these files.';

const words: readonly (readonly [keyof Omit<RenderCheck, 'upToDate'>, string])[] = [
  ['missing', 'missing'],
  ['stale', 'out of date'],
  ['edited', 'edited by hand'],
  ['leftover', 'left over'],
  ['foreign', 'not written by Mainsheet'],
];

function differenceLines(found: RenderCheck, out: string): readonly string[] {
  return words.flatMap(([list, word]) => found[list].map((path) => `  ${visibleText(`${out}/${path}`)}: ${word}`));
}

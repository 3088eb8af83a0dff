import { type Diagnostic, isError } from '../../model/diagnostic.ts';
import { planWrites, type RenderPlan, type WriteOptions } from '../../repo/plan-writes.ts';
import { readRendered } from '../../repo/rendered-folder.ts';
import { writeRendered } from '../../repo/write-rendered.ts';
import type { CliContext } from '../cli-context.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { environmentLines } from './environment-lines.ts';
import type { OutputTarget } from './output-target.ts';

export interface Outcome {
  readonly exitCode: ExitCode;
  readonly diagnostics: readonly Diagnostic[];
}

/** Writes every folder, or none when one must be refused, and says in a line per environment what was done. */
export function writeTargets(context: CliContext, targets: readonly OutputTarget[], options: WriteOptions): Outcome {
  const { done, diagnostics } = writeFolders(targets, options);
  const remaining = done.flatMap(({ target: { next } }) => (next === undefined ? [] : [`${next}\n`]));
  const rows = done.map(({ target, plan }): [string, string] => [target.environment, planWords(plan)]);
  context.process.stdout.write(`${environmentLines(rows)}${remaining.join('')}`);
  return { exitCode: exitCode.done, diagnostics };
}

export interface WrittenFolder {
  readonly target: OutputTarget;
  /** What was done. */
  readonly plan: RenderPlan;
}

/** Writes every folder, or none when one must be refused: those that were written, and why others were not. */
export function writeFolders(
  targets: readonly OutputTarget[],
  options: WriteOptions,
): { readonly done: readonly WrittenFolder[]; readonly diagnostics: readonly Diagnostic[] } {
  const refusals = targets.length > 1 ? targets.flatMap((target) => refusalsOf(target, options)) : [];
  if (refusals.some(isError)) return { done: [], diagnostics: refusals };
  const diagnostics: Diagnostic[] = [];
  const done: WrittenFolder[] = [];
  for (const target of targets) {
    const written = writeRendered(target.root, target.out, target.files, optionsFor(target, options));
    diagnostics.push(...written.diagnostics);
    if (written.value !== undefined) done.push({ target, plan: written.value });
  }
  return { done, diagnostics };
}

function optionsFor(target: OutputTarget, options: WriteOptions): WriteOptions {
  return target.onlyMoves === true ? { ...options, allowPrune: true } : options;
}

/** Why a folder may not be written. */
export function refusalsOf(target: OutputTarget, options: WriteOptions): readonly Diagnostic[] {
  const { root, out, files } = target;
  const existing = readRendered(root, out);
  return existing.value === undefined ? existing.diagnostics : planWrites(existing.value, files, out, optionsFor(target, options)).refusals;
}

/** "12 files, 2 written, 1 removed"; no times: the same run says the same. */
function planWords(plan: RenderPlan): string {
  const written = plan.create.length + plan.update.length;
  const files = written + plan.unchanged.length;
  const changes = [written > 0 ? `${written} written` : '', plan.remove.length > 0 ? `${plan.remove.length} removed` : ''].filter(Boolean);
  return [`${files} file${files === 1 ? '' : 's'}`, ...(changes.length === 0 ? ['up to date'] : changes)].join(', ');
}

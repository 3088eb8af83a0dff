import { isError } from '../../model/diagnostic.ts';
import { isObject } from '../../model/json.ts';
import { kindOfPath } from '../../repo/read-manifests.ts';
import { renderComparisonsJson } from '../../report/comparison-json.ts';
import { renderComparisonMarkdown } from '../../report/comparison-markdown.ts';
import { type ComparisonSettings, type NamedComparison, renderComparisonText } from '../../report/comparison-text.ts';
import { palette } from '../../report/palette.ts';
import type { DiffFlags } from '../arguments/diff.ts';
import { type CliContext, hasColor } from '../cli-context.ts';
import type { Comparer } from '../compiler.ts';
import { compareFolders } from '../diff/compare-folders.ts';
import { compareIntents } from '../diff/compare-intents.ts';
import type { Compared } from '../diff/compared.ts';
import { type ExitCode, exitCode, exitCodeOf } from '../exit-code.ts';
import { namesOnDisk } from '../names-on-disk.ts';
import { reportFindings } from '../report-findings.ts';
import { usageError } from '../usage-error.ts';

/** Compares folders, environments, or intents with what is rendered; traffic first. */
export async function diff(context: CliContext, flags: DiffFlags, ...named: string[]): Promise<ExitCode> {
  const comparer = await context.comparer();
  const compared = await comparedAs(context, flags, named, comparer);
  const { comparisons, findings } = compared;
  const diagnostics = findings.flatMap((one) => one.diagnostics);
  for (const one of findings)
    reportFindings(context, { ...one, diagnostics: one.diagnostics.filter(isError) }, 'text', context.process.stderr);
  if (comparisons.length === 0 && diagnostics.some(isError)) return exitCodeOf(diagnostics);
  const settings: ComparisonSettings = {
    ...(flags.patch === undefined ? {} : { patch: flags.patch }),
    print: (body) => (isObject(body) ? comparer.printedObject(body) : ''),
  };
  const { stdout } = context.process;
  stdout.write(rendered(comparisons, flags, settings, hasColor(stdout)));
  return flags.exitCode === true && comparisons.some(differs) ? exitCode.differencesFound : exitCode.done;
}

async function comparedAs(context: CliContext, flags: DiffFlags, named: readonly string[], comparer: Comparer): Promise<Compared> {
  const { base, head, rerender } = flags;
  if (base !== undefined) {
    if (named.length > 0 || flags.manifests === true)
      throw usageError('`--base` compares what a commit holds with the intents here', ['name environments with `--env`']);
    const { compareWithBase } = await import('../diff/compare-with-base.ts');
    return await compareWithBase(context, { ...flags, base }, comparer);
  }
  if (head !== undefined || rerender === true)
    throw usageError(`\`${head === undefined ? '--rerender' : '--head'}\` goes with \`--base\``, ['mainsheet diff --base main']);
  return isAboutFolders(context, flags, named)
    ? compareFolders(context, flags, named, comparer)
    : await compareIntents(context, flags, named, comparer);
}

function rendered(comparisons: readonly NamedComparison[], { format }: DiffFlags, settings: ComparisonSettings, color: boolean): string {
  switch (format) {
    case 'json':
      return renderComparisonsJson(comparisons);
    case 'markdown':
      return comparisons.map((one) => renderComparisonMarkdown(one, settings)).join('\n');
    case 'text':
      return comparisons.map((one) => renderComparisonText(one, settings, palette(color))).join('\n');
  }
}

function differs({ comparison: { traffic, changes, formatting } }: NamedComparison): boolean {
  return traffic.length > 0 || formatting.length > 0 || changes.some(({ action }) => action !== 'unchanged');
}

/** Two names are environments, unless they are said to be folders, or stand there and are no environments. */
function isAboutFolders(context: CliContext, { manifests, env }: DiffFlags, named: readonly string[]): boolean {
  if (manifests === true) {
    if (env !== undefined) throw usageError('`--env` names an environment of intents; `--manifests` compares two folders');
    if (named.length !== 2) throw usageError('`--manifests` compares two folders: name the one before and the one after');
    return true;
  }
  if (named.length === 1)
    throw usageError(`"${named[0]}" needs another to be compared with`, [
      `mainsheet diff --env ${named[0]} compares it with what is rendered`,
    ]);
  if (named.length === 2 && env !== undefined) throw usageError('name two environments, or give `--env`, not both');
  if (named.length < 2 || !named.every((path) => kindOfPath(context.workingFolder, path) !== undefined)) return false;
  const { environments } = namesOnDisk(context.workingFolder);
  return !named.every((name) => environments.includes(name));
}

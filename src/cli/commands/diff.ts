import { isError, type LocatedDiagnostic } from '../../model/diagnostic.ts';
import { isObject } from '../../model/json.ts';
import type { FileTree } from '../../model/source.ts';
import { kindOfPath, readManifests } from '../../repo/read-manifests.ts';
import { readRendered } from '../../repo/rendered-folder.ts';
import { renderComparisonsJson } from '../../report/comparison-json.ts';
import { renderComparisonMarkdown } from '../../report/comparison-markdown.ts';
import { type ComparisonSettings, type NamedComparison, renderComparisonText } from '../../report/comparison-text.ts';
import { palette } from '../../report/palette.ts';
import type { DiffFlags } from '../arguments/diff.ts';
import { type CliContext, hasColor } from '../cli-context.ts';
import { compileEnvironments } from '../compile-environments.ts';
import type { ComparedEnvironment, ComparedFolder, Comparer, Compiled } from '../compiler.ts';
import { type ExitCode, exitCode, exitCodeOf } from '../exit-code.ts';
import { namesOnDisk } from '../names-on-disk.ts';
import { reportFindings } from '../report-findings.ts';
import { usageError } from '../usage-error.ts';

/** What was compared, and what is to be told beside it; nothing was compared where there are errors. */
interface Compared {
  readonly comparisons: readonly NamedComparison[];
  readonly diagnostics: readonly LocatedDiagnostic[];
  readonly tree: FileTree;
  readonly prefix: string;
}

/** Compares folders, environments, or intents with what is rendered; traffic first. */
export async function diff(context: CliContext, flags: DiffFlags, ...named: string[]): Promise<ExitCode> {
  const comparer = await context.comparer();
  const compared = isAboutFolders(context, flags, named)
    ? compareNamedFolders(context, flags, named, comparer)
    : await compareIntents(context, flags, named, comparer);
  const { comparisons, diagnostics, tree, prefix } = compared;
  reportFindings(context, { diagnostics: diagnostics.filter(isError), tree, prefix }, 'text', context.process.stderr);
  if (comparisons.length === 0 && diagnostics.some(isError)) return exitCodeOf(diagnostics);
  const settings: ComparisonSettings = {
    ...(flags.patch === undefined ? {} : { patch: flags.patch }),
    print: (body) => (isObject(body) ? comparer.printedObject(body) : ''),
  };
  const { stdout } = context.process;
  stdout.write(rendered(comparisons, flags, settings, hasColor(stdout)));
  return flags.exitCode === true && comparisons.some(differs) ? exitCode.differencesFound : exitCode.done;
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

function compareNamedFolders(context: CliContext, { istio, namespace }: DiffFlags, paths: readonly string[], comparer: Comparer): Compared {
  const read = paths.map((path) => {
    if (kindOfPath(context.workingFolder, path) === undefined) throw usageError(`nothing stands at "${path}"`);
    return { path, ...readManifests(context.workingFolder, path) };
  });
  const [before, after] = read.map(
    ({ path, value }): ComparedFolder => ({ tree: value ?? new Map(), root: path.replace(/^\.\/|\/+$/g, '') }),
  );
  const unread = read.flatMap(({ diagnostics }) => diagnostics);
  if (before === undefined || after === undefined) return { comparisons: [], diagnostics: [], tree: new Map(), prefix: '' };
  const given = { ...(istio === undefined ? {} : { istio }), ...(namespace === undefined ? {} : { namespace }) };
  const tree = new Map([...before.tree, ...after.tree]);
  if (unread.some(isError))
    return { comparisons: [], diagnostics: unread.map((one) => ({ ...one, related: [] }) as LocatedDiagnostic), tree, prefix: '' };
  const { comparison, diagnostics } = comparer.compareFolders(before, after, given);
  const named = { title: 'manifests', before: before.root, after: after.root };
  return { comparisons: comparison === undefined ? [] : [{ ...named, comparison }], diagnostics, tree, prefix: '' };
}

async function compareIntents(context: CliContext, flags: DiffFlags, named: readonly string[], comparer: Comparer): Promise<Compared> {
  const env = named.length === 2 ? named : flags.env;
  const { workspace, compilations, diagnostics } = await compileEnvironments(
    context,
    { ...flags, ...(env === undefined ? {} : { env }) },
    () => {},
  );
  const { tree, prefix, root, inputs } = workspace;
  const found = { diagnostics, tree, prefix };
  if (diagnostics.some(isError) || inputs === undefined) return { comparisons: [], ...found };
  if (env !== undefined && env.length > 2) throw usageError('two environments are compared with one another, not more');
  if (env?.length === 2) {
    const [before, after] = env.map((name) => whole(compilations.get(name)));
    if (before === undefined || after === undefined) throw usageError('name two different environments');
    const title = `${env[0]} → ${env[1]}`;
    const comparison = comparer.compareEnvironments(before, after, tree);
    return { comparisons: [{ title, before: env[0] ?? '', after: env[1] ?? '', comparison }], ...found };
  }
  const compared = [...compilations].map(([name, compiled]) => {
    const folder = `${inputs.settings.rendered}/${name}`;
    const read = readRendered(root, folder);
    if (read.value === undefined || read.diagnostics.some(isError)) return { diagnostics: inputs.compiler.locate(read.diagnostics) };
    const texts = new Map(
      [...read.value].flatMap(([path, entry]): [string, string][] =>
        entry.kind === 'file' && /\.ya?ml$/.test(path) ? [[path, withoutMark(entry.text)]] : [],
      ),
    );
    const environment = whole(compiled);
    if (environment === undefined) return { diagnostics: [] };
    const { comparison, diagnostics: own } = comparer.compareWithRendered(texts, environment, tree);
    const title = { title: name, before: `${prefix}${folder}`, after: 'intents' };
    return { diagnostics: own, ...(comparison === undefined ? {} : { named: { ...title, comparison } }) };
  });
  const errors = compared.flatMap((one) => one.diagnostics);
  const comparisons = compared.flatMap((one) => ('named' in one && one.named !== undefined ? [one.named] : []));
  return { comparisons: errors.some(isError) ? [] : comparisons, ...found, diagnostics: [...diagnostics, ...errors] };
}

function whole(compiled: Compiled | undefined): ComparedEnvironment | undefined {
  return compiled?.loaded === undefined ? undefined : { ...compiled, loaded: compiled.loaded };
}

/** The first line of a rendered file says whose it is; it is no part of what is written. */
function withoutMark(text: string): string {
  return text.replace(/^# mainsheet sha256:[^\n]*\n/, '');
}

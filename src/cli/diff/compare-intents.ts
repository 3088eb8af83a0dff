import { isError, type LocatedDiagnostic } from '../../model/diagnostic.ts';
import type { FileTree } from '../../model/source.ts';
import { readRendered } from '../../repo/rendered-folder.ts';
import type { NamedComparison } from '../../report/comparison-text.ts';
import type { DiffFlags } from '../arguments/diff.ts';
import type { CliContext } from '../cli-context.ts';
import { compileEnvironments } from '../compile-environments.ts';
import type { ComparedEnvironment, Comparer, Compiled } from '../compiler.ts';
import { usageError } from '../usage-error.ts';
import type { Inputs, Workspace } from '../workspace.ts';
import type { Compared } from './compared.ts';
import { renderedElsewhere } from './rendered-elsewhere.ts';

/** Two environments with one another, or each with what stands rendered of it. */
export async function compareIntents(
  context: CliContext,
  flags: DiffFlags,
  named: readonly string[],
  comparer: Comparer,
): Promise<Compared> {
  const env = named.length === 2 ? named : flags.env;
  if (env !== undefined && env.length > 2) throw usageError('two environments are compared with one another, not more');
  if (env !== undefined && new Set(env).size < env.length) throw usageError('name two different environments');
  const { workspace, compilations, diagnostics } = await compileEnvironments(context, {
    ...flags,
    ...(env === undefined ? {} : { env }),
    reuse: 'soundness',
  });
  const { tree, prefix, inputs } = workspace;
  const found = (all: readonly LocatedDiagnostic[]) => ({ findings: [{ diagnostics: all, tree, prefix }] });
  if (diagnostics.some(isError) || inputs === undefined) return { comparisons: [], ...found(diagnostics) };
  const [before, after] = (env ?? []).map((name) => whole(compilations.get(name)));
  if (before !== undefined && after !== undefined) {
    const [from = '', to = ''] = env ?? [];
    const comparison = comparer.compareEnvironments(before, after, tree);
    return { comparisons: [{ title: 'environments', before: from, after: to, comparison }], ...found(diagnostics) };
  }
  const sides = [...compilations].map(([name, compiled]) => withRendered(name, compiled, workspace, inputs, comparer));
  const { output, rendered } = inputs.settings;
  if (output !== undefined && sides.every(({ isRendered }) => !isRendered)) throw await renderedElsewhere(rendered, 'HEAD', output);
  const all = [...diagnostics, ...sides.flatMap((side) => side.diagnostics)];
  return { comparisons: all.some(isError) ? [] : sides.flatMap(({ compared }) => compared ?? []), ...found(all) };
}

interface RenderedSide {
  readonly isRendered: boolean;
  readonly compared?: NamedComparison;
  readonly diagnostics: readonly LocatedDiagnostic[];
}

function withRendered(
  name: string,
  compiled: Compiled,
  { root, prefix, tree }: Workspace,
  inputs: Inputs,
  comparer: Comparer,
): RenderedSide {
  const folder = `${inputs.settings.rendered}/${name}`;
  const read = readRendered(root, folder);
  const diagnostics = inputs.compiler.locate(read.diagnostics);
  const environment = whole(compiled);
  if (read.value === undefined || diagnostics.some(isError) || environment === undefined) return { isRendered: true, diagnostics };
  const texts = [...read.value].flatMap(([path, entry]): readonly (readonly [string, string])[] =>
    entry.kind === 'file' && /\.ya?ml$/.test(path) ? [[path, withoutMark(entry.text)]] : [],
  );
  const rendered: FileTree = new Map(texts);
  const { comparison, diagnostics: found } = comparer.compareWithRendered(rendered, environment, tree);
  const named = { title: name, before: `${prefix}${folder}`, after: 'intents' };
  const told = { isRendered: rendered.size > 0, diagnostics: [...diagnostics, ...found] };
  return { ...told, ...(comparison === undefined ? {} : { compared: { ...named, comparison } }) };
}

/** A compilation that can be compared. */
export function whole(compiled: Compiled | undefined): ComparedEnvironment | undefined {
  return compiled?.loaded === undefined ? undefined : { ...compiled, loaded: compiled.loaded };
}

/** The first line of a rendered file says whose it is; it is no part of what is written. */
export function withoutMark(text: string): string {
  return text.replace(/^# mainsheet sha256:[^\n]*\n/, '');
}

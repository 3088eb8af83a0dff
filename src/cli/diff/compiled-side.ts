import { isError } from '../../model/diagnostic.ts';
import type { FileTree, RepoPath } from '../../model/source.ts';
import type { GitRepository } from '../../repo/git/repository.ts';
import type { NamedCommit } from '../../repo/git/resolve-commit.ts';
import type { CliContext } from '../cli-context.ts';
import { compileEnvironments } from '../compile-environments.ts';
import type { ComparedEnvironment, Locations } from '../compiler.ts';
import type { Findings } from '../report-findings.ts';
import { whole } from './compare-intents.ts';
import { inputsOf } from './read-commit.ts';

/** One side of a comparison, compiled: its environments by name, without those that have errors. */
export interface CompiledSide {
  readonly environments: ReadonlyMap<string, ComparedEnvironment>;
  /** Of all environments that are rendered, compiled here or not. */
  readonly names: readonly string[];
  readonly tree: FileTree;
  /** Folders that its inputs are in; none where that cannot be told. */
  readonly folders: readonly RepoPath[];
  readonly locations?: Locations;
  readonly findings: Findings;
}

export interface SideRequest {
  readonly root: string;
  readonly noCache?: boolean;
  readonly env?: readonly string[];
}

/** Compiles the intents of a commit, or those of the work tree. An environment that only the other side has is none of its faults. */
export async function compileSide(
  context: CliContext,
  { root, noCache, env = [] }: SideRequest,
  repository: GitRepository,
  commit?: NamedCommit,
): Promise<CompiledSide> {
  const { workspace, compilations, diagnostics } = await compileEnvironments(context, {
    root,
    reuse: 'soundness',
    only: (name) => env.length === 0 || env.includes(name),
    ...(noCache === undefined ? {} : { noCache }),
    ...(commit === undefined ? {} : { read: inputsOf(repository, commit) }),
  });
  const environments = [...compilations].flatMap(([name, compiled]): readonly (readonly [string, ComparedEnvironment])[] => {
    const environment = whole(compiled);
    return environment === undefined ? [] : [[name, environment]];
  });
  const { tree, prefix, inputs } = workspace;
  return {
    environments: new Map(environments),
    names: inputs?.environments ?? [],
    tree,
    folders: inputs === undefined ? [] : [inputs.settings.environments, inputs.settings.templates],
    ...(inputs === undefined ? {} : { locations: inputs.settings }),
    findings: { diagnostics, tree, prefix: commit === undefined ? prefix : `${commit.name}:${prefix}` },
  };
}

/** Where a commit says that its rendered files are; undefined where it cannot be told. */
export async function settingsOf(
  context: CliContext,
  repository: GitRepository,
  commit: NamedCommit,
): Promise<{ readonly locations?: Locations; readonly findings: Findings }> {
  const create = await context.compiler();
  const read = await inputsOf(repository, commit)(['mainsheet.yaml'], (path) => path === 'mainsheet.yaml');
  const tree = read.value ?? new Map<string, string>();
  const compiler = create(tree, {});
  const diagnostics = compiler.locate([...read.diagnostics, ...compiler.settings.diagnostics]);
  const findings = { diagnostics, tree, prefix: `${commit.name}:` };
  const locations = compiler.settings.value;
  return locations === undefined || hasErrors(findings) ? { findings } : { locations, findings };
}

export function hasErrors({ diagnostics }: Findings): boolean {
  return diagnostics.some(isError);
}

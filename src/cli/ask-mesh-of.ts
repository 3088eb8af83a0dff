import { isError, type LocatedDiagnostic } from '../model/diagnostic.ts';
import type { FileTree, RepoPath } from '../model/source.ts';
import type { AskedMesh } from '../pipelines/ask-mesh.ts';
import type { MeshFlags } from './arguments/mesh-flags.ts';
import type { CliContext } from './cli-context.ts';
import type { Compiled } from './compiler.ts';
import { readGiven } from './read-given.ts';
import { refuseFlagsOfManifests } from './refuse-flags-of-manifests.ts';
import { usageError } from './usage-error.ts';
import { chosenEnvironments, oneEnvironment, withWorkspace } from './workspace.ts';

/** A mesh to be asked, and what is wrong with its inputs; without `asked` it could not be read that far. */
export interface MeshToAsk {
  /** The environment's name, or the paths of the manifests. */
  readonly title: string;
  readonly asked?: AskedMesh;
  readonly errors: readonly LocatedDiagnostic[];
  /** Objects, by title, that a cluster would not take: an answer that rests on one is none. */
  readonly malformed?: ReadonlySet<string>;
  /** The command that tells of errors. */
  readonly checkedBy: string;
  /** Folders of the tree that the environment is made of. */
  readonly folders: readonly RepoPath[];
}

export interface MeshesToAsk {
  readonly meshes: readonly MeshToAsk[];
  /** The texts that places are in. */
  readonly tree: FileTree;
  /** The folder of the tree as seen from where the command runs: '' or 'mesh/'. */
  readonly prefix: string;
  /** Of inputs that could not be read at all. */
  readonly errors: readonly LocatedDiagnostic[];
}

export interface MeshChoice extends MeshFlags {
  readonly env?: string | readonly string[];
  readonly root?: string;
}

/** The meshes of the chosen environments (of one where `env` is a name or absent), or of the manifests that a command line names. */
export async function askMeshesOf(context: CliContext, choice: MeshChoice, many: 'one' | 'many'): Promise<MeshesToAsk> {
  const { manifests = [], env } = choice;
  if (manifests.length > 0) return await askGiven(context, choice, manifests);
  refuseFlagsOfManifests(choice);
  return withWorkspace(context, { ...choice, until: 'manifests' }, async ({ inputs, tree, prefix, diagnostics }) => {
    const errors = diagnostics.filter(isError);
    if (inputs === undefined) return { meshes: [], tree, prefix, errors };
    const { environments } = inputs;
    const named = typeof env === 'string' ? [env] : env;
    const chosen = many === 'many' ? chosenEnvironments(environments, named) : [oneEnvironment(environments, named?.[0])];
    const asker = await context.meshAsker();
    const meshes = chosen.map((title): MeshToAsk => {
      const compiled = inputs.compiler.compile(title);
      const folders = (compiled.loaded?.environment.chain ?? []).map((folder) => `${inputs.settings.environments}/${folder}`);
      const found = { title, folders, errors: compiled.diagnostics.filter(isError), checkedBy: `mainsheet check --env ${title}` };
      return wasDrawn(compiled) ? { ...found, asked: asker.ofEnvironment(compiled.loaded, compiled.manifests, tree) } : found;
    });
    return { meshes, tree, prefix, errors };
  });
}

/** Manifests are there once intents became some; that hand-written ones among them have errors is no hindrance to ask. */
function wasDrawn(compiled: Compiled): compiled is Compiled & Required<Pick<Compiled, 'loaded'>> {
  return compiled.loaded !== undefined && (compiled.ok || compiled.manifests.length > 0);
}

async function askGiven(context: CliContext, choice: MeshChoice, paths: readonly string[]): Promise<MeshesToAsk> {
  if (choice.env !== undefined)
    throw usageError('`--env` names an environment of intents; with `--manifests` say `--istio` and `--namespace`');
  const { tree, unread } = await readGiven(context, paths);
  const check = await context.manifestChecker();
  const { istio, namespace } = choice;
  const checked = check(tree, { ...(istio === undefined ? {} : { istio }), ...(namespace === undefined ? {} : { namespace }), unread });
  const errors = checked.diagnostics.filter(isError);
  const checkedBy = `mainsheet check${paths.map((path) => ` --manifests ${path}`).join('')}`;
  const found = { title: paths.join(', '), folders: [], errors, malformed: checked.malformed, checkedBy };
  // An answer out of a part of the mesh would be a guess.
  const isUnread = !checked.isWhole || (checked.manifests.length + checked.others === 0 && errors.length > 0);
  const asked = isUnread ? {} : { asked: (await context.meshAsker()).ofManifests(checked.mesh, tree) };
  return { meshes: [{ ...found, ...asked }], tree, prefix: '', errors: [] };
}

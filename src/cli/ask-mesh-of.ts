import type { AskedMesh } from '../ask-mesh.ts';
import { type Diagnostic, isError, type LocatedDiagnostic } from '../model/diagnostic.ts';
import type { FileTree } from '../model/source.ts';
import type { MeshFlags } from './arguments/mesh-flags.ts';
import type { CliContext } from './cli-context.ts';
import type { Compiled } from './compiler.ts';
import { readGiven } from './read-given.ts';
import { usageError } from './usage-error.ts';
import { oneEnvironment, withWorkspace } from './workspace.ts';

/** A mesh to be asked, and what is wrong with its inputs; without `asked` it could not be read that far. */
export interface MeshToAsk {
  readonly asked?: AskedMesh;
  readonly errors: readonly LocatedDiagnostic[];
  /** The texts that places are in. */
  readonly tree: FileTree;
  /** The folder of the tree as seen from where the command runs: '' or 'mesh/'. */
  readonly prefix: string;
  /** The command that tells of errors. */
  readonly checkedBy: string;
}

export interface MeshChoice extends MeshFlags {
  readonly env?: string;
  readonly root?: string;
}

/** The mesh of an environment, or of the manifests that a command line names. */
export async function askMeshOf(context: CliContext, choice: MeshChoice): Promise<MeshToAsk> {
  const { manifests = [] } = choice;
  if (manifests.length > 0) return await askGiven(context, choice, manifests);
  const { meshAsker } = context;
  return withWorkspace(context, choice, async ({ inputs, tree, prefix, diagnostics }) => {
    if (inputs === undefined) return { errors: diagnostics.filter(isError), tree, prefix, checkedBy: 'mainsheet check' };
    const env = oneEnvironment(inputs.environments, choice.env);
    const compiled = inputs.compiler.compile(env);
    const found = {
      errors: [...diagnostics, ...compiled.diagnostics].filter(isError),
      tree,
      prefix,
      checkedBy: `mainsheet check --env ${env}`,
    };
    return wasDrawn(compiled) ? { ...found, asked: (await meshAsker()).ofEnvironment(compiled.loaded, compiled.manifests, tree) } : found;
  });
}

/** Manifests are there once intents became some; what rules say of them is no hindrance to ask. */
function wasDrawn(compiled: Compiled): compiled is Compiled & Required<Pick<Compiled, 'loaded'>> {
  return compiled.loaded !== undefined && (compiled.ok || compiled.manifests.length > 0);
}

async function askGiven(context: CliContext, choice: MeshChoice, paths: readonly string[]): Promise<MeshToAsk> {
  if (choice.env !== undefined)
    throw usageError('`--env` names an environment of intents; with `--manifests` say `--istio` and `--namespace`');
  const { tree, unread } = await readGiven(context, paths);
  const check = await context.manifestChecker();
  const { istio, namespace } = choice;
  const checked = check(tree, { ...(istio === undefined ? {} : { istio }), ...(namespace === undefined ? {} : { namespace }), unread });
  const errors = checked.diagnostics.filter(isError);
  const named = paths.map((path) => ` --manifests ${path}`).join('');
  const found = { errors, tree, prefix: '', checkedBy: `mainsheet check${named}` };
  if (unread.some((one: Diagnostic) => isError(one)) || (checked.manifests.length + checked.others === 0 && errors.length > 0))
    return found;
  return { ...found, asked: (await context.meshAsker()).ofManifests(checked.mesh, tree) };
}

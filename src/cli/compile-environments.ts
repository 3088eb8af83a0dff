import type { LocatedDiagnostic } from '../model/diagnostic.ts';
import type { CliContext } from './cli-context.ts';
import type { Compiled } from './compiler.ts';
import { startProgress } from './progress.ts';
import { chosenEnvironments, type Opening, type Workspace, withWorkspace } from './workspace.ts';

export interface Request extends Opening {
  readonly env?: readonly string[];
  /** Of those that are chosen; that none is called so is no fault here. */
  readonly only?: (environment: string) => boolean;
}

/** Everything a command asked for, compiled; compilations are empty when the inputs could not be read. */
export interface CompiledEnvironments {
  readonly workspace: Workspace;
  readonly compilations: ReadonlyMap<string, Compiled>;
  /** Of the inputs and of all compilations. */
  readonly diagnostics: readonly LocatedDiagnostic[];
}

/** Reads the inputs and compiles the chosen environments. `select` may refuse the choice before anything is compiled. */
export async function compileEnvironments(
  context: CliContext,
  request: Request,
  select: (chosen: readonly string[]) => void = () => {},
): Promise<CompiledEnvironments> {
  return withWorkspace(context, request, async (workspace) => {
    const { inputs } = workspace;
    if (inputs === undefined) return { workspace, compilations: new Map(), diagnostics: workspace.diagnostics };
    const chosen = chosenEnvironments(inputs.environments, request.env).filter(request.only ?? (() => true));
    select(chosen);
    const progress = startProgress(context);
    const compilations = new Map<string, Compiled>();
    for (const [i, name] of chosen.entries()) {
      progress.step(`compiling ${name} (${i + 1} of ${chosen.length})`);
      compilations.set(name, inputs.compiler.compile(name));
    }
    progress.end();
    const found = [...compilations.values()].flatMap((compilation) => compilation.diagnostics);
    return { workspace, compilations, diagnostics: [...workspace.diagnostics, ...found] };
  });
}

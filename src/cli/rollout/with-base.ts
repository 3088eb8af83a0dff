import type { Diagnostic, LocatedDiagnostic } from '../../model/diagnostic.ts';
import type { CliContext } from '../cli-context.ts';
import { type ExitCode, exitCodeOf } from '../exit-code.ts';
import { repositoryFaults, type SessionFlags } from '../propose/propose-session.ts';
import { reportFindings } from '../report-findings.ts';
import { chosenEnvironments, type Workspace, withWorkspace } from '../workspace.ts';
import { type BaseRollouts, openBase } from './base-rollouts.ts';

export interface BaseFlags extends SessionFlags {
  readonly env?: readonly string[];
  readonly root?: string;
  readonly now?: number;
}

export interface WithBase {
  readonly base: BaseRollouts;
  readonly workspace: Workspace;
  /** Those that are asked for. */
  readonly environments: readonly string[];
  /** Tells what is wrong, and ends. */
  readonly report: (diagnostics: readonly LocatedDiagnostic[]) => ExitCode;
  readonly refuse: (diagnostics: readonly Diagnostic[]) => ExitCode;
}

/** Opens the base branch of the repository here, and lets `work` use it. */
export async function withBase(context: CliContext, flags: BaseFlags, work: (opened: WithBase) => Promise<ExitCode>): Promise<ExitCode> {
  const create = await context.compiler();
  return await withWorkspace(context, flags, async (workspace) => {
    const { inputs, prefix, tree, diagnostics } = workspace;
    const told = (found: readonly LocatedDiagnostic[], texts = tree): ExitCode => {
      reportFindings(context, { diagnostics: found, tree: texts, prefix }, 'text', context.process.stderr);
      return exitCodeOf(found);
    };
    if (inputs === undefined) {
      const faults = await repositoryFaults(workspace.root, context);
      return faults.length > 0 ? told(create(tree, {}).locate(faults)) : told(diagnostics);
    }
    const base = await openBase(context, workspace, flags);
    if (base.value === undefined) return told(create(tree, {}).locate(base.diagnostics));
    const { tree: there } = base.value;
    const compiler = create(there, {});
    const all = compiler.environments();
    if (all.value === undefined) return told(compiler.locate(all.diagnostics), there);
    return await work({
      base: base.value,
      workspace,
      environments: chosenEnvironments(all.value, flags.env),
      report: (found) => told(found, there),
      refuse: (found) => told(compiler.locate(found), there),
    });
  });
}

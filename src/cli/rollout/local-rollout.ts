import type { ReadRollouts } from '../../pipelines/rollouts/read-rollouts.ts';
import { readRollouts } from '../../pipelines/rollouts/read-rollouts.ts';
import type { RolloutEntry } from '../../pipelines/rollouts/rollout-moves.ts';
import type { CliContext } from '../cli-context.ts';
import { type ExitCode, exitCodeOf } from '../exit-code.ts';
import { reportFindings } from '../report-findings.ts';
import { usageError } from '../usage-error.ts';
import { oneEnvironment, type Workspace, withWorkspace } from '../workspace.ts';

export interface LocalFlags {
  readonly env?: string;
  readonly root?: string;
}

export interface LocalRollout {
  readonly workspace: Workspace;
  readonly read: ReadRollouts;
  readonly entry: RolloutEntry;
}

/** What makes a service one that has rollouts. */
export const planHint = 'a plan is `rollout: {steps: [5, 25, 100]}`, in the service or in environment.yaml';

/** One rollout as the work tree says it, for commands that edit intents. Since when it says so is not asked. */
export async function withLocalRollout(
  context: CliContext,
  flags: LocalFlags,
  name: string,
  work: (local: LocalRollout) => Promise<ExitCode>,
): Promise<ExitCode> {
  return await withWorkspace(context, { ...(flags.root === undefined ? {} : { root: flags.root }) }, async (workspace) => {
    const { inputs, tree, prefix, diagnostics } = workspace;
    const report = (found: typeof diagnostics): ExitCode => {
      reportFindings(context, { diagnostics: found, tree, prefix }, 'text', context.process.stderr);
      return exitCodeOf(found);
    };
    if (inputs === undefined) return report(diagnostics);
    const environment = oneEnvironment(inputs.environments, flags.env);
    const read = await readRollouts({ tree, environment, named: [name], commits: async () => [], read: async () => new Map() });
    if (read.value === undefined) return report(read.diagnostics);
    const entry = read.value.entries.find(({ state }) => state.subject === name);
    if (entry === undefined) throw usageError(`there is no service or train "${name}" with a plan in ${environment}`, [planHint]);
    return await work({ workspace, read: read.value, entry });
  });
}

import type { PromoteFlags } from '../arguments/promote.ts';
import type { CliContext } from '../cli-context.ts';
import type { ExitCode } from '../exit-code.ts';
import { beginRollout } from '../rollout/begin-rollout.ts';
import { withBase } from '../rollout/with-base.ts';
import { usageError } from '../usage-error.ts';
import { chosenEnvironments } from '../workspace.ts';

/** Begins in one environment the version that is stable in another. */
export async function promote(context: CliContext, { from, to, ...flags }: PromoteFlags, name: string): Promise<ExitCode> {
  if (from === to) throw usageError('--from and --to are the same environment');
  return await withBase(context, { ...flags, dryRun: true }, async (opened) => {
    chosenEnvironments(opened.environments, [from, to]);
    const source = await opened.base.read(from, [name]);
    if (source.value === undefined) return opened.report(source.diagnostics);
    const version = source.value.entries.find(({ state }) => state.subject === name)?.state.members[0]?.stable;
    if (version === undefined || version === '') throw usageError(`${name} has no stable version in ${from}`);
    const soak = source.value.order.find(({ environment }) => environment === from)?.soak ?? 0;
    return await beginRollout(context, opened, { name, environment: to, version, from: { environment: from, soak }, flags });
  });
}

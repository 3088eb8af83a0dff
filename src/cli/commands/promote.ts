import type { RolloutBlock, RolloutMember } from '../../model/rollout.ts';
import { wayBackEntry } from '../../pipelines/rollouts/rollouts.ts';
import type { PromoteFlags } from '../arguments/promote.ts';
import type { CliContext } from '../cli-context.ts';
import type { ExitCode } from '../exit-code.ts';
import { beginRollout } from '../rollout/begin-rollout.ts';
import { refuseBlocked } from '../rollout/refuse-blocked.ts';
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
    // No plan is needed where it comes from.
    const member = wayBackEntry(source.value.loaded, name)?.state.members[0];
    if (member === undefined || member.stable === '') throw usageError(`${name} has no stable version in ${from}`);
    const target = await opened.base.read(to, [name]);
    if (target.value === undefined) return opened.report(target.diagnostics);
    const there = wayBackEntry(target.value.loaded, name)?.state.members[0];
    const blocks = there?.stable === member.stable ? comingBlocks(member, from, to) : [];
    const telling = { state: { environment: to, subject: name }, format: flags.format, isDry: flags.dryRun === true };
    const blocked = refuseBlocked(context, telling, blocks);
    if (blocked !== undefined) return blocked;
    const { stable: version } = member;
    const soak = source.value.order.find(({ environment }) => environment === from)?.soak ?? 0;
    return await beginRollout(context, opened, { name, environment: to, version, from: { environment: from, soak }, flags });
  });
}

/** Where the stable version has been carried already, whoever promotes means the one that is on its way. */
function comingBlocks({ stable, canary, coming }: RolloutMember, from: string, to: string): readonly RolloutBlock[] {
  const version = canary?.version ?? coming;
  if (version === undefined) return [];
  const there = `${version} is on its way in ${from} (${canary?.percent ?? 0} %)`;
  const reason = `${there}, and ${stable}, which is stable there, is stable in ${to} already: ${version} has to be stable in ${from}`;
  return [{ kind: 'upstream', reason }];
}

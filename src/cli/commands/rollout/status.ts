import { intentTitle } from '../../../model/intent.ts';
import { renderRolloutsJson } from '../../../report/rollout-json.ts';
import { renderRolloutsText, type ToldRollout } from '../../../report/rollout-text.ts';
import type { RolloutStatusFlags } from '../../arguments/rollout/status.ts';
import type { CliContext } from '../../cli-context.ts';
import { type ExitCode, exitCode } from '../../exit-code.ts';
import { situationNow } from '../../rollout/facts.ts';
import { sourcesOf } from '../../rollout/measure-gates.ts';
import { moveIn } from '../../rollout/move-in.ts';
import { rolloutsIn } from '../../rollout/rollouts-in.ts';
import { withBase } from '../../rollout/with-base.ts';

/** Prints every rollout of the base branch. */
export async function rolloutStatus(context: CliContext, flags: RolloutStatusFlags): Promise<ExitCode> {
  return await withBase(context, { ...flags, dryRun: true }, async ({ base, environments, report, refuse }) => {
    const now = flags.now ?? context.now();
    const { found, diagnostics } = await rolloutsIn(base, environments);
    const told: ToldRollout[] = [];
    const codes: ExitCode[] = diagnostics.length > 0 ? [report(diagnostics)] : [];
    for (const one of found) {
      const { read, errors } = one;
      const sources = sourcesOf(read.loaded, context, flags.now === undefined);
      for (const entry of read.entries) {
        const known = await situationNow({ base, read, entry, sources, now, ...(errors === undefined ? {} : { errors }) });
        if (known.value === undefined) {
          codes.push(refuse(known.diagnostics));
          continue;
        }
        const { situation, pull } = known.value;
        const isUndated = entry.intents.some((intent) => read.unknown.includes(intentTitle(intent)));
        const pullRequest = pull === undefined ? {} : { pullRequest: `pull request ${pull.number}`, pullRequestUrl: pull.url };
        told.push({ state: situation.state, move: moveIn(base, one, situation).move, isUndated, ...pullRequest });
      }
    }
    if (flags.format === 'json') context.process.stdout.write(renderRolloutsJson(told));
    // What could not be looked at may be on its way.
    else if (told.length > 0 || codes.length === 0) context.process.stdout.write(renderRolloutsText(told, now));
    return codes[0] ?? exitCode.done;
  });
}

import { intentTitle } from '../../../model/intent.ts';
import { renderRolloutsJson } from '../../../report/rollout-json.ts';
import { renderRolloutsText, type ToldRollout } from '../../../report/rollout-text.ts';
import { moveOf, situationOf } from '../../../rollouts.ts';
import type { RolloutStatusFlags } from '../../arguments/rollout/status.ts';
import type { CliContext } from '../../cli-context.ts';
import { type ExitCode, exitCode } from '../../exit-code.ts';
import { rolloutsIn } from '../../rollout/base-rollouts.ts';
import { landingOf } from '../../rollout/landing.ts';
import { measured, sourcesOf } from '../../rollout/measure-gates.ts';
import { withBase } from '../../rollout/with-base.ts';

/** Prints every rollout of the base branch. */
export async function rolloutStatus(context: CliContext, flags: RolloutStatusFlags): Promise<ExitCode> {
  return await withBase(context, { ...flags, dryRun: true }, async ({ base, environments, report }) => {
    const now = flags.now ?? context.now();
    const { found, diagnostics } = await rolloutsIn(base, environments);
    if (diagnostics.length > 0) return report(diagnostics);
    const told: ToldRollout[] = [];
    for (const { loaded, entries, unknown } of found) {
      const sources = sourcesOf(loaded, context, flags.now === undefined);
      for (const merged of entries) {
        const { entry, reported } = await landingOf(base, merged);
        const situation = situationOf(loaded, entry, entries, { now, ...(await measured(loaded, entry, sources, now, reported)) });
        const isUndated = entry.intents.some((intent) => unknown.includes(intentTitle(intent)));
        told.push({ state: situation.state, move: moveOf(situation), isUndated });
      }
    }
    context.process.stdout.write(flags.format === 'json' ? renderRolloutsJson(told) : renderRolloutsText(told, now));
    return exitCode.done;
  });
}

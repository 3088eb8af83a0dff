import type { RolloutStartFlags } from '../../arguments/rollout/start.ts';
import type { CliContext } from '../../cli-context.ts';
import type { ExitCode } from '../../exit-code.ts';
import { beginRollout } from '../../rollout/begin-rollout.ts';
import { withBase } from '../../rollout/with-base.ts';
import { oneEnvironment } from '../../workspace.ts';

/** Writes the first step of a rollout into the intents. */
export async function rolloutStart(context: CliContext, { env, version, ...flags }: RolloutStartFlags, name: string): Promise<ExitCode> {
  return await withBase(context, { ...flags, dryRun: true }, async (opened) =>
    beginRollout(context, opened, {
      name,
      environment: oneEnvironment(opened.environments, env),
      flags,
      ...(version === undefined ? {} : { version }),
    }),
  );
}

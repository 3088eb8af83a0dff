import { buildRouteMap, type RouteMap } from '@stricli/core';
import { rolloutAdvanceArguments } from './arguments/rollout/advance.ts';
import { rolloutRollbackArguments } from './arguments/rollout/rollback.ts';
import { rolloutStatusArguments } from './arguments/rollout/status.ts';
import type { CliContext } from './cli-context.ts';
import { command, withoutInherited } from './command.ts';

/** `mainsheet rollout …` */
export const rolloutCommands: RouteMap<CliContext> = buildRouteMap({
  routes: withoutInherited({
    status: command(rolloutStatusArguments, async () => (await import('./commands/rollout/status.ts')).rolloutStatus),
    advance: command(rolloutAdvanceArguments, async () => (await import('./commands/rollout/advance.ts')).rolloutAdvance),
    rollback: command(rolloutRollbackArguments, async () => (await import('./commands/rollout/rollback.ts')).rolloutRollback),
  }),
  docs: { brief: 'Move versions to everyone, one reviewed step at a time' },
});

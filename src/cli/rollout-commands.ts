import { buildRouteMap, type RouteMap } from '@stricli/core';
import { rolloutAdvanceArguments } from './arguments/rollout/advance.ts';
import { rolloutAbortArguments, rolloutFinishArguments, rolloutHoldArguments, rolloutResumeArguments } from './arguments/rollout/edit.ts';
import { rolloutPlanArguments } from './arguments/rollout/plan.ts';
import { rolloutRollbackArguments } from './arguments/rollout/rollback.ts';
import { rolloutStartArguments } from './arguments/rollout/start.ts';
import { rolloutStatusArguments } from './arguments/rollout/status.ts';
import { rolloutVerifyArguments } from './arguments/rollout/verify.ts';
import type { CliContext } from './cli-context.ts';
import { command, withoutInherited } from './command.ts';

/** `mainsheet rollout …`, in the order in which they are needed. */
export const rolloutCommands: RouteMap<CliContext> = buildRouteMap({
  routes: withoutInherited({
    plan: command(rolloutPlanArguments, async () => (await import('./commands/rollout/plan.ts')).rolloutPlan),
    start: command(rolloutStartArguments, async () => (await import('./commands/rollout/start.ts')).rolloutStart),
    status: command(rolloutStatusArguments, async () => (await import('./commands/rollout/status.ts')).rolloutStatus),
    advance: command(rolloutAdvanceArguments, async () => (await import('./commands/rollout/advance.ts')).rolloutAdvance),
    rollback: command(rolloutRollbackArguments, async () => (await import('./commands/rollout/rollback.ts')).rolloutRollback),
    hold: command(rolloutHoldArguments, async () => (await import('./commands/rollout/edit.ts')).rolloutHold),
    resume: command(rolloutResumeArguments, async () => (await import('./commands/rollout/edit.ts')).rolloutResume),
    abort: command(rolloutAbortArguments, async () => (await import('./commands/rollout/edit.ts')).rolloutAbort),
    finish: command(rolloutFinishArguments, async () => (await import('./commands/rollout/edit.ts')).rolloutFinish),
    verify: command(rolloutVerifyArguments, async () => (await import('./commands/rollout/verify.ts')).rolloutVerify),
  }),
  docs: {
    brief: 'Move versions to everyone, one reviewed step at a time',
    fullDescription: `A rollout is a plan in an intent, and a share that grows by it, one merged pull request after the other.

  mainsheet rollout plan      plays it to its end before it begins
  mainsheet rollout start     writes the first step into the intent
  mainsheet rollout advance   the scheduled run: proposes what comes next
  mainsheet rollout status    says where each is, and what it waits for
  mainsheet rollout rollback  goes back, at once`,
  },
});

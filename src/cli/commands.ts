import { buildRouteMap, type RouteMap } from '@stricli/core';
import { checkArguments } from './arguments/check.ts';
import { completionArguments } from './arguments/completion.ts';
import { deployConfigArguments } from './arguments/deploy-config.ts';
import { diffArguments } from './arguments/diff.ts';
import { explainArguments } from './arguments/explain.ts';
import { importArguments } from './arguments/import.ts';
import { initArguments } from './arguments/init.ts';
import { listArguments } from './arguments/list.ts';
import { planArguments } from './arguments/plan.ts';
import { promoteArguments } from './arguments/promote.ts';
import { proposeArguments } from './arguments/propose.ts';
import { publishArguments } from './arguments/publish.ts';
import { renderArguments } from './arguments/render.ts';
import { schemaArguments } from './arguments/schema.ts';
import { siteArguments } from './arguments/site.ts';
import { testArguments } from './arguments/test.ts';
import { traceArguments } from './arguments/trace.ts';
import { verifyArguments } from './arguments/verify.ts';
import { watchArguments } from './arguments/watch.ts';
import type { CliContext } from './cli-context.ts';
import { command, withoutInherited } from './command.ts';
import { rolloutCommands } from './rollout-commands.ts';

/** Every command, in the order in which help lists them. Each one's code is loaded when it runs. */
export const commands: RouteMap<CliContext> = buildRouteMap({
  routes: withoutInherited({
    render: command(renderArguments, async () => (await import('./commands/render.ts')).render),
    watch: command(watchArguments, async () => (await import('./commands/watch.ts')).watch),
    check: command(checkArguments, async () => (await import('./commands/check.ts')).check),
    plan: command(planArguments, async () => (await import('./commands/plan.ts')).plan),
    diff: command(diffArguments, async () => (await import('./commands/diff.ts')).diff),
    propose: command(proposeArguments, async () => (await import('./commands/propose.ts')).propose),
    rollout: rolloutCommands,
    promote: command(promoteArguments, async () => (await import('./commands/promote.ts')).promote),
    publish: command(publishArguments, async () => (await import('./commands/publish.ts')).publish),
    explain: command(explainArguments, async () => (await import('./commands/explain.ts')).explain),
    trace: command(traceArguments, async () => (await import('./commands/trace.ts')).trace),
    test: command(testArguments, async () => (await import('./commands/test.ts')).test),
    site: command(siteArguments, async () => (await import('./commands/site.ts')).site),
    verify: command(verifyArguments, async () => (await import('./commands/verify.ts')).verify),
    'deploy-config': command(deployConfigArguments, async () => (await import('./commands/deploy-config.ts')).deployConfig),
    list: command(listArguments, async () => (await import('./commands/list.ts')).list),
    import: command(importArguments, async () => (await import('./commands/import.ts')).importIntents),
    init: command(initArguments, async () => (await import('./commands/init.ts')).init),
    schema: command(schemaArguments, async () => (await import('./commands/schema.ts')).schema),
    completion: command(completionArguments, async () => (await import('./commands/completion.ts')).completion),
  }),
  aliases: withoutInherited({}),
  docs: {
    brief: 'The GitOps compiler for Istio traffic',
    fullDescription: `Mainsheet turns short intents per environment into Istio manifests, and refuses what Istio would reject or misread.

  mainsheet init        writes a first intent to change
  mainsheet render      writes the manifests
  mainsheet watch       writes them at each save, and shows whose requests move
  mainsheet check       says what is wrong, for people and for CI
  mainsheet trace       says where a request goes, and why
  mainsheet test        holds tests of that against the manifests

\`mainsheet COMMAND --help\` explains a command with examples.

Exit codes: 0 done, 1 the input has errors, 2 differences found, 3 environment failed (run again), 4 refused for safety,
70 a fault of Mainsheet's own.`,
  },
});

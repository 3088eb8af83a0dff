import type { CliContext, Output } from './cli-context.ts';
import { colorDepth } from './color-depth.ts';
import { exitCode } from './exit-code.ts';
import { explainFailure } from './explain-failure.ts';
import { runCli } from './run-cli.ts';
import { expectShortRun } from './short-run.ts';
import { version } from './version.ts';

/**
 * The one page that knows `process`. Interruption is left to the system, but for a command that runs until then: a process that dies of SIGINT, which shells report as 130, at any
 * moment leaves each file old or new. Only process 1 of a container, which the system would not let die of it, ends by its own hand.
 */
async function main(): Promise<void> {
  const { process } = globalThis;
  let isPipeBroken = false;
  let stopLongRun = (): void => {};
  const outputOf = (stream: NodeJS.WriteStream): Output => {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      isPipeBroken = true;
      stopLongRun();
    });
    const depth = colorDepth(process.env, stream.isTTY === true);
    return {
      write: (text) => {
        if (!isPipeBroken) stream.write(text);
      },
      isTerminal: stream.isTTY === true,
      ...(stream.isTTY === true ? { columns: stream.columns } : {}),
      getColorDepth: () => depth,
    };
  };
  const context: CliContext = {
    process: { stdout: outputOf(process.stdout), stderr: outputOf(process.stderr) },
    // Asked for when needed: it throws where the folder has been removed meanwhile.
    get workingFolder() {
      return process.cwd();
    },
    variables: process.env,
    commandLine: process.argv.slice(2),
    version,
    runtime: `node ${process.versions.node}, ${process.platform} ${process.arch}`,
    clock: () => performance.now(),
    today: () => new Date().toISOString().slice(0, 10),
    compiler: async () => (await import('../pipeline.ts')).createCompiler,
    manifestChecker: async () => (await import('../pipelines/check-manifests.ts')).checkManifests,
    meshAsker: async () => (await import('../pipelines/ask-mesh.ts')).meshAsker,
    planner: async () => ({ ...(await import('../pipelines/plan-change.ts')), ...(await import('../pipelines/phase-edits.ts')) }),
    now: () => Math.floor(Date.now() / 1000),
    openForge: async (choice, surroundings) => await (await import('../repo/forge/open-forge.ts')).openForge(choice, surroundings),
    comparer: async () => await import('../pipelines/compare.ts'),
    verifier: async () => (await import('../pipelines/verify-rendered.ts')).verifyRendered,
    deployer: async () => await import('../pipelines/deploy-config.ts'),
    importer: async () => (await import('../pipelines/import/import-manifests.ts')).importManifests,
    siteDrawer: async () => await import('../pipelines/site/site.ts'),
    whenInterrupted: (stop) => {
      stopLongRun = stop;
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.removeAllListeners(signal).once(signal, stop);
    },
    readInput: async () => await (await import('node:stream/consumers')).buffer(process.stdin),
  };
  if (process.pid === 1) {
    process.once('SIGINT', () => process.exit(130));
    process.once('SIGTERM', () => process.exit(143));
  }
  process.on('uncaughtException', (error) => {
    process.exit(explainFailure(error, context));
  });
  const code = await runCli(context);
  process.exitCode = code;
  process.on('exit', () => {
    if (isPipeBroken && process.exitCode === exitCode.done) process.exitCode = exitCode.environmentFailed;
  });
}

if (process.argv[2] !== 'watch') expectShortRun(process.versions);
await main();

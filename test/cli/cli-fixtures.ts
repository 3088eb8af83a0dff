import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { CliContext, EnvironmentVariables } from '../../src/cli/cli-context.ts';
import { runCli } from '../../src/cli/run-cli.ts';
import { meshAsker } from '../../src/pipelines/ask-mesh.ts';
import { checkManifests } from '../../src/pipelines/check-manifests.ts';
import * as comparer from '../../src/pipelines/compare.ts';
import * as deployer from '../../src/pipelines/deploy-config.ts';
import { importManifests } from '../../src/pipelines/import/import-manifests.ts';
import { phaseEdits } from '../../src/pipelines/phase-edits.ts';
import { planChange } from '../../src/pipelines/plan-change.ts';
import * as siteDrawer from '../../src/pipelines/site/site.ts';
import { verifyRendered } from '../../src/pipelines/verify-rendered.ts';
import { openForge } from '../../src/repo/forge/open-forge.ts';
import { fakeCompiler } from './fake-compiler.ts';

/** A folder with these files, gone after the test. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mainsheet-cli-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) put(folder, path, text);
  return folder;
}

export function put(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** Every file beneath a folder with its text. */
export function filesOf(folder: string): Readonly<Record<string, string>> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const files = paths.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(files.map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]));
}

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface World {
  readonly variables?: EnvironmentVariables;
  readonly isTerminal?: boolean;
  readonly colorDepth?: number;
  readonly clock?: () => number;
  readonly compiler?: CliContext['compiler'];
  readonly now?: CliContext['now'];
  readonly today?: CliContext['today'];
  readonly openForge?: CliContext['openForge'];
  /** What is piped in. */
  readonly input?: string;
}

/** Runs a command line in this process, as if it were typed in `folder`. */
export async function runIn(folder: string, commandLine: readonly string[], world: World = {}): Promise<Ran> {
  const written = { stdout: '', stderr: '' };
  const outputTo = (name: 'stdout' | 'stderr') => ({
    write: (text: string) => {
      written[name] += text;
    },
    isTerminal: world.isTerminal ?? false,
    getColorDepth: () => world.colorDepth ?? 1,
  });
  const code = await runCli({
    process: { stdout: outputTo('stdout'), stderr: outputTo('stderr') },
    workingFolder: folder,
    variables: world.variables ?? {},
    commandLine,
    version: '0.1.0',
    runtime: 'node 20, test',
    clock: world.clock ?? (() => 0),
    today: world.today ?? (() => '2026-11-23'),
    now: world.now ?? (() => 1_795_428_000),
    openForge: world.openForge ?? openForge,
    compiler: world.compiler ?? (async () => fakeCompiler),
    manifestChecker: async () => checkManifests,
    meshAsker: async () => meshAsker,
    planner: async () => ({ planChange, phaseEdits }),
    verifier: async () => verifyRendered,
    deployer: async () => deployer,
    comparer: async () => comparer,
    importer: async () => importManifests,
    siteDrawer: async () => siteDrawer,
    whenInterrupted: () => {},
    readInput: async () => Buffer.from(world.input ?? ''),
  });
  return { code, ...written };
}

import type { CommandContext } from '@stricli/core';
import type { ForgePort } from '../model/forge.ts';
import type { MeshAsker } from '../pipelines/ask-mesh.ts';
import type { importManifests } from '../pipelines/import/import-manifests.ts';
import type { phaseEdits } from '../pipelines/phase-edits.ts';
import type { planChange } from '../pipelines/plan-change.ts';
import type { verifyRendered } from '../pipelines/verify-rendered.ts';
import type { ForgeChoice } from '../repo/forge/forges.ts';
import type { ForgeSurroundings } from '../repo/forge/open-forge.ts';
import type { CheckManifests, Comparer, CreateCompiler } from './compiler.ts';
import type { ExitCode } from './exit-code.ts';

export type EnvironmentVariables = Readonly<Partial<Record<string, string>>>;

/** Where text goes, and what is known of who reads it. */
export interface Output {
  readonly write: (text: string) => void;
  readonly isTerminal: boolean;
  /** Of a terminal. */
  readonly columns?: number;
  /** Asked by the argument parser for its own messages; below 4 there is no colour. */
  readonly getColorDepth: () => number;
}

/** All that a command knows of the world outside: tests run commands in-process with their own. */
export interface CliContext extends CommandContext {
  readonly process: { readonly stdout: Output; readonly stderr: Output; exitCode?: ExitCode | number | null };
  readonly workingFolder: string;
  readonly variables: EnvironmentVariables;
  /** The words after `mainsheet`. */
  readonly commandLine: readonly string[];
  /** Mainsheet's own. */
  readonly version: string;
  /** What it runs on, for reports of faults: "node 20.20.2, linux x64". */
  readonly runtime: string;
  /** Milliseconds since some moment: for progress, never for results. */
  readonly clock: () => number;
  /** YYYY-MM-DD, in UTC: for findings about dates, never for what is rendered. */
  readonly today: () => string;
  /** Seconds since 1970: when a commit is made, never for what is in it. */
  readonly now: () => number;
  /** Loaded when a command first compiles something. */
  readonly compiler: () => Promise<CreateCompiler>;
  /** Loaded when a command first checks manifests that no intent became. */
  readonly manifestChecker: () => Promise<CheckManifests>;
  /** Loaded when a command first asks where requests go. */
  readonly meshAsker: () => Promise<MeshAsker>;
  /** Loaded when a command first plans a change. */
  readonly planner: () => Promise<{ readonly planChange: typeof planChange; readonly phaseEdits: typeof phaseEdits }>;
  /** The forge that was chosen; nothing is asked of it yet. */
  readonly openForge: (choice: ForgeChoice, surroundings: ForgeSurroundings) => Promise<ForgePort>;
  /** Loaded when a command first compares meshes. */
  readonly comparer: () => Promise<Comparer>;
  /** Loaded when a command first verifies what was rendered. */
  readonly verifier: () => Promise<typeof verifyRendered>;
  /** Loaded when a command first writes what an engine is told to apply. */
  readonly deployer: () => Promise<typeof import('../pipelines/deploy-config.ts')>;
  /** Loaded when a command first makes intents of manifests. */
  readonly importer: () => Promise<typeof importManifests>;
  /** Loaded when a command first draws the site. */
  readonly siteDrawer: () => Promise<typeof import('../pipelines/site/site.ts')>;
  /** Whom to tell that a command which would run for ever shall end: Ctrl-C, SIGTERM, or nobody reads what it says. */
  readonly whenInterrupted: (stop: () => void) => void;
  /** Everything on standard input. */
  readonly readInput: () => Promise<Uint8Array>;
}

export function hasColor(output: Output): boolean {
  return output.getColorDepth() >= 4;
}

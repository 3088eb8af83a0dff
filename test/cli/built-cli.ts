import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

let isBuilt = false;

/** The built command, built first if an input has changed. */
export function builtCli(): string {
  if (!isBuilt)
    execFileSync(process.execPath, [`${root}scripts/build.mjs`], { stdio: ['ignore', 'ignore', 'inherit'], env: cleanEnvironment() });
  isBuilt = true;
  return `${root}dist/mainsheet.mjs`;
}

/** Runs the built command as a process of its own. */
export function runBuilt(commandLine: readonly string[], folder: string, variables: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [builtCli(), ...commandLine], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...cleanEnvironment(), ...variables },
  });
  return { code: status, stdout, stderr };
}

/** What a test inherits must not colour its output, use the user's cache, or slow each start by reading certificates. */
export function cleanEnvironment(): Record<string, string> {
  return { PATH: process.env.PATH ?? '' };
}

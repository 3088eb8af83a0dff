import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { type Json, objectOr } from '../model/json.ts';

/** The file that Node runs; or a sentence that says why there is none, and the exit code that means that. */
export type FoundCommand = { readonly file: string } | { readonly fault: string; readonly code: 1 | 3 };

export interface Search {
  readonly version: string | undefined;
  /** The command of the action itself. */
  readonly own: string;
  readonly workspace: string;
  readonly root: string;
  /** Where folders for the time of the job are made. */
  readonly temporary: string;
  /** What npm may know, without tokens of the step. */
  readonly variables: NodeJS.ProcessEnv;
}

/** The command that lies beside the action; with `version`, that of the repository's node_modules, or one from the registry. */
export function findCommand({ version, own, workspace, root, temporary, variables }: Search): FoundCommand {
  if (version === undefined) return { file: own };
  if (version !== 'installed') return fetchVersion(version, temporary, variables);
  const folder = resolve(workspace, root);
  const found = commandIn(join(folder, 'package.json'));
  return found === undefined
    ? { code: 1, fault: `mainsheet is not installed in ${folder}: run \`npm ci\` in a step before this one` }
    : { file: found };
}

/** Exactly this version, into a folder of its own; no script of a package runs. */
function fetchVersion(version: string, temporary: string, env: NodeJS.ProcessEnv): FoundCommand {
  const folder = mkdtempSync(join(temporary, 'mainsheet-version-'));
  const words = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error', `mainsheet@${version}`];
  // npm is a script on Windows, which only a shell starts; `version` has digits, letters, dots and hyphens.
  const options = { cwd: folder, env, shell: process.platform === 'win32' };
  const { status, stderr, error } = spawnSync('npm', words, { ...options, encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] });
  const file = status === 0 ? commandIn(join(folder, 'package.json')) : undefined;
  const lines = [error?.message ?? '', ...(stderr ?? '').split('\n')].map((line) => line.replace(/^npm (error|ERR!) ?/, '').trim());
  const said = lines.find((line) => line !== '' && !/^code |complete log/.test(line)) ?? '';
  return file === undefined ? { code: 3, fault: `npm could not fetch mainsheet@${version}${said === '' ? '' : `: ${said}`}` } : { file };
}

function commandIn(from: string): string | undefined {
  try {
    const manifest = createRequire(from).resolve('mainsheet/package.json');
    const read: Json = JSON.parse(readFileSync(manifest, 'utf8'));
    const file = join(manifest, '..', String(objectOr(objectOr(read).bin).mainsheet));
    return existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

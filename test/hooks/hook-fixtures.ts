import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { builtCli, cleanEnvironment } from '../cli/built-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const root = process.cwd();
const identity = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'jason',
  GIT_AUTHOR_EMAIL: 'jason@bookinfo.example.com',
  GIT_COMMITTER_NAME: 'jason',
  GIT_COMMITTER_EMAIL: 'jason@bookinfo.example.com',
};

export const reviewsFile = 'environments/prod/reviews.yaml';
export const reviews = 'service: reviews\nport: 9080\nversions: [v1, v2]\nstable: v1\n';
export const canary = `${reviews}canary: {version: v2, percent: 10}\n`;

export interface Clone {
  readonly folder: string;
  readonly run: (program: string, ...words: readonly string[]) => { readonly code: number | null; readonly told: string };
  readonly put: (path: string, text: string) => void;
}

/** A repository with rendered intents in its last commit; `variables` for what a hook needs to find. */
export function repository(variables: Readonly<Record<string, string>> = {}): Clone {
  const folder = temporaryFolder();
  const run: Clone['run'] = (program, ...words) => {
    const env = { ...cleanEnvironment(), HOME: folder, ...identity, ...variables };
    const { status, stdout, stderr } = spawnSync(program, [...words], { cwd: folder, encoding: 'utf8', env });
    return { code: status, told: stdout + stderr };
  };
  const put: Clone['put'] = (path, text) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  put('environments/prod/environment.yaml', 'environment: prod\nistio: "1.31"\nnamespace: bookinfo\n');
  put(reviewsFile, reviews);
  run('git', 'init', '-q', '-b', 'main');
  run(process.execPath, builtCli(), 'render');
  run('git', 'add', '-A');
  run('git', 'commit', '-qm', 'begin');
  return { folder, run, put };
}

/** A clone of Mainsheet at a release: its hooks, and the built command. */
export function release(): string {
  const folder = temporaryFolder();
  const git = (...words: readonly string[]) =>
    execFileSync('git', [...words], { cwd: folder, env: { ...cleanEnvironment(), ...identity }, stdio: 'pipe' });
  builtCli();
  for (const path of ['.pre-commit-hooks.yaml', 'hooks', 'dist']) cpSync(join(root, path), join(folder, path), { recursive: true });
  git('init', '-q', '-b', 'main');
  git('add', '-A', '-f');
  git('commit', '-qm', 'a release');
  git('tag', 'v0.1.0');
  return folder;
}

import { execFileSync } from 'node:child_process';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCompiler } from '../../src/pipeline.ts';
import { type FolderImage, imageOf, unfold } from '../support/folder-image.ts';
import { folderWith, put, type Ran, runIn, type World } from './cli-fixtures.ts';

export const identity = {
  PATH: process.env.PATH ?? '',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'Mainsheet',
  GIT_AUTHOR_EMAIL: 'mainsheet@bookinfo.example.com',
  GIT_COMMITTER_NAME: 'Mainsheet',
  GIT_COMMITTER_EMAIL: 'mainsheet@bookinfo.example.com',
};
export const jason = {
  GIT_AUTHOR_NAME: 'jason',
  GIT_AUTHOR_EMAIL: 'jason@bookinfo.example.com',
  GIT_COMMITTER_NAME: 'jason',
  GIT_COMMITTER_EMAIL: 'jason@bookinfo.example.com',
};

export const prod = 'environment: prod\nistio: "1.31"\nnamespace: bookinfo\n';
export const reviewsFile = 'environments/prod/reviews.yaml';
export const reviews = (words = '', versions = '[v1, v2]') => `service: reviews\nport: 9080\nversions: ${versions}\nstable: v1\n${words}`;
export const ratings = (words = '') => `service: ratings\nport: 9080\nversions: [v1]\n${words}`;
export const someFiles = {
  'environments/prod/environment.yaml': prod,
  [reviewsFile]: reviews(),
  'environments/prod/ratings.yaml': ratings(),
};

export function git(folder: string, ...words: readonly string[]): string {
  return execFileSync('git', [...words], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...identity, ...jason },
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim();
}

export interface Repository {
  /** The work tree. */
  readonly here: string;
  /** The bare remote. */
  readonly remote: string;
  readonly run: (...words: readonly string[]) => Promise<Ran>;
  readonly git: (...words: readonly string[]) => string;
  readonly put: (path: string, text: string) => void;
  /** Commits and pushes what is here to main. */
  readonly land: (message: string) => void;
  /** Merges a branch into main on the remote, and takes it in here. */
  readonly merge: (branch: string) => void;
  /** A file of a branch of the remote. */
  readonly show: (branch: string, path: string) => string;
}

/** A rendered repository with a bare remote beside it. */
export async function rendered(files: Readonly<Record<string, string>> = someFiles, world: World = {}): Promise<Repository> {
  const top = folderWith({});
  const repository = repositoryIn(top, world);
  const key = JSON.stringify(files);
  const known = begun.get(key);
  const config = join(repository.here, '.git/config');
  if (known === undefined) {
    await begin(repository, files);
    begun.set(key, { image: imageOf(top), top });
  } else {
    unfold(known.image, top);
    writeFileSync(config, readFileSync(config, 'utf8').replaceAll(known.top, top));
  }
  return repository;
}

/** What repositories begin with, by their files as JSON: made once, then copied. */
const begun = new Map<string, { readonly image: FolderImage; readonly top: string }>();

async function begin({ here, remote, run, git, put, land }: Repository, files: Readonly<Record<string, string>>): Promise<void> {
  execFileSync('git', ['init', '-q', '--template=', '-b', 'main', here], { env: identity });
  execFileSync('git', ['init', '-q', '--template=', '--bare', '-b', 'main', remote], { env: identity });
  // None of them grows so much that git had to tidy it up.
  for (const config of [join(here, '.git/config'), join(remote, 'config')])
    appendFileSync(config, '[gc]\n\tauto = 0\n[maintenance]\n\tauto = false\n[receive]\n\tautogc = false\n');
  for (const [path, text] of Object.entries(files)) put(path, text);
  git('remote', 'add', 'origin', remote);
  await run('render');
  land('begin');
  git('branch', '--set-upstream-to', 'origin/main');
}

function repositoryIn(top: string, world: World): Repository {
  const here = join(top, 'work');
  const remote = join(top, 'remote.git');
  const run = (...words: readonly string[]) => runIn(here, words, { compiler: async () => createCompiler, variables: identity, ...world });
  const one = (...words: readonly string[]) => git(here, ...words);
  return {
    ...{ here, remote, run, git: one },
    put: (path, text) => put(here, path, text),
    land: (message) => {
      one('add', '-A');
      one('commit', '-qm', message);
      one('push', '-q', 'origin', 'HEAD:main');
    },
    merge: (branch) => {
      one('checkout', '-q', '--', '.');
      one('fetch', '-q', 'origin');
      one('merge', '-q', '--no-ff', '-m', `merge ${branch}`, `origin/${branch}`);
      one('push', '-q', 'origin', 'HEAD:main');
    },
    show: (branch, path) => git(remote, 'show', `${branch}:${path}`),
  };
}

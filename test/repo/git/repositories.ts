import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import type { Result } from '../../../src/model/result.ts';
import { type CreatedCommit, createCommit } from '../../../src/repo/git/create-commit.ts';
import { chooseRemote, type Remote } from '../../../src/repo/git/remote.ts';
import { type GitRepository, openRepository } from '../../../src/repo/git/repository.ts';
import type { Variables } from '../../../src/repo/git/variables.ts';
import { type FolderImage, imageOf, unfold } from '../../support/folder-image.ts';

/** A folder of its own, gone after the test; `git` runs in it as a person's git does, with settings of their own. */
export interface Place {
  readonly folder: string;
  readonly variables: Variables;
  readonly git: (folder: string, ...words: string[]) => string;
  readonly put: (path: string, text: string, mode?: number) => void;
  readonly path: (...parts: string[]) => string;
}

export const jason = { name: 'Jason', email: 'jason@example.com' };
export const identities = { author: jason, committer: { name: 'Mainsheet', email: 'mainsheet@example.com' } };

export function place(settings = ''): Place {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mainsheet-git-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = (...parts: string[]) => resolve(folder, ...parts);
  const put = (name: string, text: string, mode = 0o644): void => {
    mkdirSync(dirname(path(name)), { recursive: true });
    writeFileSync(path(name), text, { mode });
  };
  put(
    'home/.gitconfig',
    `[user]\n\tname = Jason\n\temail = jason@example.com\n[init]\n\tdefaultBranch = main\n[gc]\n\tauto = 0\n${settings}`,
  );
  const variables = { PATH: process.env.PATH, HOME: path('home'), GIT_CONFIG_NOSYSTEM: '1', TMPDIR: tmpdir() };
  const git = (where: string, ...words: string[]): string =>
    execFileSync('git', words, {
      cwd: path(where),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...variables, GIT_AUTHOR_DATE: '@1700000000 +0000', GIT_COMMITTER_DATE: '@1700000000 +0000', LC_ALL: 'C' },
    }).trim();
  return { folder, variables, git, put, path };
}

/** A place with a bare `origin.git` and its clone `work`, in which `files` are committed on `main` and pushed. */
export function cloned(files: Readonly<Record<string, string>> = { 'a.yaml': 'a: 1\n' }, format = 'sha1'): Place {
  const made = place();
  const key = JSON.stringify([files, format]);
  const known = clones.get(key);
  if (known === undefined) {
    made.git('.', 'init', '--quiet', '--bare', `--object-format=${format}`, 'origin.git');
    made.git('.', 'init', '--quiet', `--object-format=${format}`, 'work');
    made.git('work', 'remote', 'add', 'origin', made.path('origin.git'));
    commitIn(made, 'work', files, 'one');
    made.git('work', 'push', '--quiet', '--set-upstream', 'origin', 'main');
    clones.set(key, { folder: made.folder, origin: imageOf(made.path('origin.git')), work: imageOf(made.path('work')) });
    return made;
  }
  for (const name of ['origin.git', 'work'] as const) mkdirSync(made.path(name));
  unfold(known.origin, made.path('origin.git'));
  unfold(known.work, made.path('work'));
  const config = made.path('work/.git/config');
  writeFileSync(config, readFileSync(config, 'utf8').replaceAll(known.folder, made.folder));
  return made;
}

/** What `cloned` made first, by files and format; copies of it are as good. */
const clones = new Map<string, { readonly folder: string; readonly origin: FolderImage; readonly work: FolderImage }>();

/** Writes files, null = removes, and commits them; answers the commit. */
export function commitIn(made: Place, where: string, files: Readonly<Record<string, string | null>>, message: string): string {
  for (const [path, text] of Object.entries(files)) {
    if (text === null) rmSync(made.path(where, path));
    else made.put(join(where, path), text);
  }
  made.git(where, 'add', '--all');
  made.git(where, 'commit', '--quiet', '--allow-empty', '--message', message);
  return made.git(where, 'rev-parse', 'HEAD');
}

export async function opened(made: Place, where = 'work', variables: Variables = {}): Promise<GitRepository> {
  return got(await openRepository(made.path(where), { ...made.variables, ...variables }));
}

export async function remoteOf(repository: GitRepository): Promise<Remote> {
  return got(await chooseRemote(repository)).remote;
}

export function got<T>({ value, diagnostics }: Result<T>): T {
  if (value === undefined && diagnostics.length > 0)
    throw new Error(diagnostics.map(({ code, message }) => `${code} ${message}`).join('\n'));
  return value as T;
}

/** 'MS8042 …', for each finding. */
export function told({ diagnostics }: { readonly diagnostics: readonly Diagnostic[] }): readonly string[] {
  return diagnostics.map(({ code, message }) => `${code} ${message}`);
}

/** A commit on a base with these edits, by nobody in particular. */
export async function committed(
  repository: GitRepository,
  base: string,
  edits: Readonly<Record<string, string | null>>,
  more: Partial<Parameters<typeof createCommit>[1]> = {},
): Promise<Result<CreatedCommit>> {
  return await createCommit(repository, {
    base,
    edits: new Map(Object.entries(edits)),
    message: 'Change',
    identities,
    at: 1_700_000_000,
    ...more,
  });
}

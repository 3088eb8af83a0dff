import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runBuilt } from '../cli/built-cli.ts';
import { identity, jason } from '../cli/propose-fixtures.ts';
import { user } from './git-server.ts';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A repository on a server, the work tree of a person, and a scheduled job that has a fresh clone at each run. */
export interface RolloutWorld {
  /** Runs a command as the scheduled job does: in a new clone of the main branch. */
  readonly job: (...words: readonly string[]) => Ended;
  /** Runs a command in the person's work tree. */
  readonly here: (...words: readonly string[]) => Ended;
  /** Git, in the person's work tree. */
  readonly git: (...words: readonly string[]) => string;
  readonly put: (path: string, text: string) => void;
  /** Merges a branch into main by a merge commit of that time, seconds since 1970. */
  readonly merge: (branch: string, at: number) => void;
  /** Commits what is in the work tree to main. */
  readonly land: (message: string, at: number) => void;
  /** A file of a branch or commit of the server. */
  readonly show: (revision: string, path: string) => string;
  /** Refs and pull requests, all bytes: equal before and after a run that changes nothing. */
  readonly state: () => string;
  /** The bare repository. */
  readonly bare: string;
}

export const isoTime = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('.000', '');

/**
 * A rendered repository in `<folder>/srv/<name>.git`, which the server at `host` serves: everybody fetches over HTTP. The forge is `local`, so branches are
 * pushed to the folder in which the pull requests are.
 */
export function rolloutWorld(
  folder: string,
  host: string,
  name: string,
  files: Readonly<Record<string, string>>,
  at: number,
): RolloutWorld {
  const bare = join(folder, 'srv', `${name}.git`);
  const own = join(folder, name);
  const work = join(own, 'jason');
  mkdirSync(own, { recursive: true });
  const secret = join(own, 'credentials');
  const [username, password] = [user.username, user.password].map(encodeURIComponent);
  writeFileSync(secret, `http://${username}:${password}@${host}\n`, { mode: 0o600 });
  const settings = join(own, 'gitconfig');
  writeFileSync(settings, `[credential]\n\thelper = store --file=${secret}\n`);
  const whoever = { ...identity, GIT_CONFIG_GLOBAL: settings };
  const git = (where: string, words: readonly string[], time = at): string =>
    execFileSync('git', [...words], {
      cwd: where,
      encoding: 'utf8',
      env: { ...whoever, ...jason, GIT_AUTHOR_DATE: `${time} +0000`, GIT_COMMITTER_DATE: `${time} +0000` },
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
  const clone = (where: string): void => {
    git(own, ['clone', '-q', '-c', `remote.origin.pushurl=${bare}`, `http://${host}/${name}.git`, where]);
  };
  const put = (path: string, text: string): void => {
    mkdirSync(dirname(join(work, path)), { recursive: true });
    writeFileSync(join(work, path), text);
  };
  const here = (...words: readonly string[]) => runBuilt(words, work, { ...whoever, ...jason });
  const land = (message: string, time: number): void => {
    git(work, ['add', '-A']);
    git(work, ['commit', '-qm', message], time);
    git(work, ['push', '-q', 'origin', 'HEAD:main']);
  };
  git(own, ['init', '-q', '--bare', '-b', 'main', bare]);
  git(own, ['init', '-q', '-b', 'main', 'begin']);
  git(join(own, 'begin'), ['commit', '-q', '--allow-empty', '-m', 'begin']);
  git(join(own, 'begin'), ['push', '-q', bare, 'main']);
  clone(work);
  for (const [path, text] of Object.entries(files)) put(path, text);
  const rendered = here('render');
  if (rendered.code !== 0) throw new Error(rendered.stderr);
  land('the mesh', at);
  let jobs = 0;
  return {
    ...{ bare, put, here, land },
    git: (...words) => git(work, words),
    job: (...words) => {
      jobs += 1;
      const where = join(own, `job-${jobs}`);
      clone(where);
      return runBuilt(words, where, whoever);
    },
    merge: (branch, time) => {
      git(work, ['checkout', '-q', '--', '.']);
      git(work, ['pull', '-q', '--ff-only']);
      git(work, ['merge', '-q', '--no-ff', '-m', `Merge ${branch}`, `origin/${branch}`], time);
      git(work, ['push', '-q', 'origin', 'HEAD:main']);
    },
    show: (revision, path) => execFileSync('git', ['show', `${revision}:${path}`], { cwd: bare, encoding: 'utf8', env: identity }),
    state: () => [git(bare, ['for-each-ref']), ...allFiles(join(bare, 'mainsheet'))].join('\n'),
  };
}

function allFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map(
      (path) =>
        `${createHash('sha256')
          .update(seen(readFileSync(path, 'utf8')))
          .digest('hex')} ${path}`,
    );
}

/** That a pull request was merged is written down when it is looked at: nothing that a run has done. */
function seen(page: string): string {
  return page.replace(/^state: "merged"$/m, 'state: "open"');
}

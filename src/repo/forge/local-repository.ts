import { type GitAnswer, runGit } from '../git/run-git.ts';
import { localVariables, type Variables } from '../git/variables.ts';
import { forgeFault } from './forge-fault.ts';

/** What the local forge asks of a git directory on this disk. Nothing is written to it. */
export interface LocalRepository {
  /** The commit of a branch, or undefined. */
  readonly tip: (branch: string) => Promise<string | undefined>;
  /** Whether a commit is part of a branch's history; false for commits that are not there. */
  readonly isIn: (commit: string, branch: string) => Promise<boolean>;
  /**
   * The commit of the branch's first-parent history that brought this one in: by a merge, or as another commit that changes the same, as a squash
   * or a rebase makes it. Undefined where none did, or where the commit is not there.
   */
  readonly landing: (commit: string, branch: string) => Promise<string | undefined>;
}

/** Names become full references, and so are never options. */
export function openLocalRepository(gitDirectory: string, caller: Variables): LocalRepository {
  const variables = localVariables(caller);
  /** Undefined where git says no: 1 for "is no ancestor", 128 for "there is no such commit". */
  const answer = async (words: readonly string[], input: string | Buffer = ''): Promise<Buffer | undefined> => {
    const given = await runGit({ folder: gitDirectory, words: ['--git-dir=.', ...words], variables, input });
    if (given.code === 0) return given.output;
    if (given.code === 1 || (given.code === 128 && isUnknownCommit(given))) return undefined;
    throw forgeFault('unavailable', `git cannot read ${gitDirectory}: ${given.failure ?? given.errors}`);
  };
  const git = async (...words: string[]) => (await answer(words))?.toString('latin1').trim();
  const refOf = (branch: string) => `refs/heads/${branch}`;
  const isIn = async (commit: string, branch: string) => (await git('merge-base', '--is-ancestor', commit, refOf(branch))) !== undefined;

  /** By commit, oldest first: a name for what each changes, the same for all that change the same lines of the same files. */
  const changesOf = async (patches: Buffer): Promise<ReadonlyMap<string, string>> => {
    const named = patches.length === 0 ? undefined : await answer(['patch-id', '--stable'], patches);
    const lines = named?.toString('latin1').trim().split('\n') ?? [];
    return new Map(
      lines.flatMap((line): readonly (readonly [string, string])[] => {
        const [change = '', hash = ''] = line.split(' ');
        return hash === '' ? [] : [[hash, change]];
      }),
    );
  };
  const logOf = async (range: string, options: readonly string[], paths: readonly string[] = []): Promise<Buffer> =>
    (await answer(
      ['log', '--reverse', '--format=%H', ...options, ...patchWords, '--stdin'],
      Buffer.from([range, '--', ...paths, ''].join('\n'), 'latin1'),
    )) ?? Buffer.alloc(0);
  const pathsOf = (names: Buffer | undefined) => [
    ...new Set(
      names
        ?.toString('latin1')
        .split('\0')
        .filter((path) => path !== '') ?? [],
    ),
  ];

  /** The first commit of the branch, since it parted from this one, that changes the same as all of this one's commits together. */
  const squashed = async (commit: string, branch: string, parted: string): Promise<string | undefined> => {
    const own = await answer(['diff', ...patchWords, parted, commit]);
    const paths = pathsOf(await answer(['diff', '--name-only', '--no-renames', '-z', parted, commit]));
    if (own === undefined || paths.length === 0) return undefined;
    const landed = await changesOf(await logOf(`${parted}..${refOf(branch)}`, ['--first-parent'], paths));
    if (landed.size === 0) return undefined;
    const [change] = (await changesOf(Buffer.concat([Buffer.from(`${commit}\n`), own]))).values();
    return [...landed].find(([, one]) => one === change)?.[0];
  };

  /** The last of the commits of the branch that, one after the other, change the same as those of this one. */
  const rebased = async (commit: string, branch: string, parted: string): Promise<string | undefined> => {
    if (Number(await git('rev-list', '--count', '--no-merges', `${parted}..${commit}`)) < 2) return undefined;
    const own = [...(await changesOf(await logOf(`${parted}..${commit}`, ['--no-merges']))).values()];
    const paths = pathsOf(
      await answer(['log', '--no-merges', '--format=', '--name-only', '--no-renames', '-z', `${parted}..${commit}`, '--']),
    );
    const landed = await changesOf(await logOf(`${parted}..${refOf(branch)}`, ['--first-parent'], paths));
    let last: string | undefined;
    for (const [hash, change] of landed) {
      if (change !== own[0]) continue;
      own.shift();
      last = hash;
    }
    return own.length === 0 ? last : undefined;
  };

  const sameChange = async (commit: string, branch: string): Promise<string | undefined> => {
    const parted = await git('merge-base', commit, refOf(branch));
    if (parted === undefined) return undefined;
    return (await squashed(commit, branch, parted)) ?? (await rebased(commit, branch, parted));
  };

  return {
    tip: (branch) => git('rev-parse', '--verify', '--quiet', `${refOf(branch)}^{commit}`),
    isIn,
    landing: async (commit, branch) => {
      const counted = await git('rev-list', '--left-right', '--count', `${commit}...${refOf(branch)}`);
      const [own, others] = counted?.split('\t') ?? [];
      // Mostly nothing has come to the branch since it parted.
      if (others === undefined || (own !== '0' && others === '0')) return undefined;
      if (own !== '0') return await sameChange(commit, branch);
      const way = await git('rev-list', '--first-parent', '--ancestry-path', '--reverse', `${commit}..${refOf(branch)}`);
      return way?.split('\n')[0] || commit;
    },
  };
}

/**
 * Changes as text whatever a repository's settings say, and without the lines around them: a rebase finds others there.
 * Of a merge, what it changes in the branch that it is on.
 */
const patchWords = [
  ...['--patch', '--unified=0', '--text', '--full-index', '--no-renames', '--no-ext-diff', '--no-textconv', '--no-color'],
  ...['--diff-algorithm=myers', '--src-prefix=a/', '--dst-prefix=b/', '--diff-merges=first-parent'],
];

function isUnknownCommit({ errors }: GitAnswer): boolean {
  return /not a valid (commit|object) name|bad object|unknown revision/i.test(errors);
}

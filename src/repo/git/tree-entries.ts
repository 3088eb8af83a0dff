import { type Result, success } from '../../model/result.ts';
import type { RepoPath } from '../../model/source.ts';
import { isNotFetched, notFetched } from './not-fetched.ts';
import { type GitRepository, outputOf } from './repository.ts';

/** What stands at a path of a commit. */
export interface TreeEntry {
  /** From the top of the work tree. */
  readonly path: RepoPath;
  /** A submodule is a commit of another repository: nothing of it is here. */
  readonly kind: 'file' | 'symlink' | 'submodule';
  readonly isExecutable: boolean;
  readonly hash: string;
}

/** Everything beneath some folders (or files) of a commit, in git's order; all of it where no folder is named. */
export async function listTree(
  repository: GitRepository,
  commit: string,
  folders: readonly RepoPath[],
): Promise<Result<readonly TreeEntry[]>> {
  const named = folders.includes('') ? [] : folders;
  const answer = await repository.run(['ls-tree', '-r', '-z', '--full-tree', '--', commit, ...named]);
  if (isNotFetched(answer)) return { value: undefined, diagnostics: [notFetched('the list of files of a commit')] };
  const output = outputOf('list the files of a commit', answer);
  return output.value === undefined ? output : success(entriesIn(output.value.toString('utf8')));
}

/** `<mode> <type> <hash> TAB <path> NUL` */
function entriesIn(list: string): readonly TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let at = 0; at < list.length; ) {
    const end = list.indexOf('\0', at);
    const tab = list.indexOf('\t', at);
    if (end === -1 || tab === -1) break;
    const mode = list.slice(at, at + 6);
    entries.push({
      path: list.slice(tab + 1, end),
      kind: kindOf(mode),
      isExecutable: mode === '100755',
      hash: list.slice(list.lastIndexOf(' ', tab) + 1, tab),
    });
    at = end + 1;
  }
  return entries;
}

/** 100644 and 100755 are files, and so is the group-writable 100664 that old tools wrote. */
export function kindOf(mode: string): TreeEntry['kind'] {
  if (mode === '120000') return 'symlink';
  return mode === '160000' ? 'submodule' : 'file';
}

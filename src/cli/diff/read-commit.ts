import { type Result, success } from '../../model/result.ts';
import type { FileTree, RepoPath } from '../../model/source.ts';
import { readCommitTree } from '../../repo/git/read-commit-tree.ts';
import type { GitRepository } from '../../repo/git/repository.ts';
import type { NamedCommit } from '../../repo/git/resolve-commit.ts';
import { readMark } from '../../repo/mark.ts';
import type { ReadInputs } from '../workspace.ts';

/** Inputs as a commit has them. */
export function inputsOf(repository: GitRepository, commit: NamedCommit): ReadInputs {
  return (folders, accept) => readCommitTree(repository, commit.hash, folders, accept);
}

/** Renders are larger than intents, and there are more of them. */
const limits = { fileBytes: 256 * 1024 * 1024, files: 1_000_000, totalBytes: 512 * 1024 * 1024 };

/** What a commit holds rendered: by environment, then by path beneath the environment's folder. */
export type RenderedEnvironments = ReadonlyMap<string, FileTree>;

/**
 * Reads the rendered folder of a commit. `known` are texts that are probably there, by environment and path: those that are need not be
 * read. A folder that holds nothing of Mainsheet's is no environment.
 */
export async function renderedIn(
  repository: GitRepository,
  commit: NamedCommit,
  rendered: RepoPath,
  known: (environment: string, path: RepoPath) => string | undefined,
): Promise<Result<RenderedEnvironments>> {
  const placeOf = (path: RepoPath): readonly [environment: string, path: RepoPath] => {
    const inner = rendered === '.' ? path : path.slice(rendered.length + 1);
    const slash = inner.indexOf('/');
    return slash === -1 ? ['', inner] : [inner.slice(0, slash), inner.slice(slash + 1)];
  };
  const read = await readCommitTree(repository, commit.hash, [rendered], (path) => /\.ya?ml$/.test(path), {
    limits,
    links: 'skipped',
    known: (path) => known(...placeOf(path)),
  });
  if (read.value === undefined) return read;
  const found = new Map<string, Map<RepoPath, string>>();
  for (const [path, text] of read.value) {
    const [environment, inner] = placeOf(path);
    const files = found.get(environment);
    if (files === undefined) found.set(environment, new Map([[inner, text]]));
    else files.set(inner, text);
  }
  const ours = [...found].filter(([name, files]) => name !== '' && [...files.values()].some((text) => readMark(text) !== 'none'));
  return success(new Map(ours));
}

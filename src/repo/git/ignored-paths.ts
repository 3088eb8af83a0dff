import { diagnose } from '../../model/diagnostic.ts';
import { showPath } from '../../model/path-rules.ts';
import { type Result, success } from '../../model/result.ts';
import type { RepoPath } from '../../model/source.ts';
import { inputsOfThisRepository } from './diagnostics.ts';
import { fromTop } from './read-commit-tree.ts';
import { type GitRepository, gitFailure } from './repository.ts';
import { localVariables } from './variables.ts';

const here = './';

/** Which of some untracked paths git has been told to ignore, by `.gitignore`, `.git/info/exclude` or the user's own list. */
export async function ignoredPaths(repository: GitRepository, paths: readonly RepoPath[]): Promise<Result<readonly RepoPath[]>> {
  if (paths.length === 0) return success([]);
  // The one command that knows no literal paths: with a folder before them, names can't be magic.
  const variables = { ...localVariables(repository.caller), GIT_LITERAL_PATHSPECS: '0' };
  const input = paths.map((path) => `${here}${fromTop(repository.prefix, path)}\0`).join('');
  const answer = await repository.run(['check-ignore', '-z', '--stdin'], { input, variables });
  if (answer.code !== 0 && answer.code !== 1) {
    const [, submodule] = /is in submodule '([^'\n]+)'/.exec(answer.errors) ?? [];
    const fault =
      submodule === undefined
        ? gitFailure('look up what is ignored', answer)
        : diagnose(inputsOfThisRepository, { params: { path: showPath(submodule) } });
    return { value: undefined, diagnostics: [fault] };
  }
  const names = answer.output
    .toString('utf8')
    .split('\0')
    .filter((name) => name !== '');
  return success(names.map((name) => name.slice(here.length + repository.prefix.length)));
}

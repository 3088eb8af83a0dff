import { type Diagnostic, diagnose } from '../../model/diagnostic.ts';
import { showPath } from '../../model/path-rules.ts';
import { type Result, success } from '../../model/result.ts';
import type { RepoPath } from '../../model/source.ts';
import { inputsCheckedOut } from './diagnostics.ts';
import { fromTop } from './read-commit-tree.ts';
import { type GitRepository, outputOf } from './repository.ts';
import { booleanOf } from './settings.ts';

/**
 * Why files beneath these folders can't be taken for what the work tree says: a sparse checkout left some of them out, and what is
 * left out would pass for deleted. No finding where nothing of them is missing.
 */
export async function missingFromDisk(repository: GitRepository, folders: readonly RepoPath[]): Promise<Result<readonly Diagnostic[]>> {
  const { settings, prefix } = repository;
  if (booleanOf(settings.get('core.sparsecheckout')) !== true) return success([]);
  const paths = folders.map((folder) => fromTop(prefix, folder)).filter((path) => path !== '');
  const output = outputOf('list the files of the work tree', await repository.run(['ls-files', '-t', '-z', '--', ...paths]));
  if (output.value === undefined) return output;
  const missing = output.value
    .toString('utf8')
    .split('\0')
    .filter((line) => line.startsWith('S '))
    .map((line) => line.slice(2 + prefix.length));
  const [first] = missing;
  if (first === undefined) return success([]);
  const hints = [`\`git sparse-checkout add ${folders.join(' ')}\``];
  return success([diagnose(inputsCheckedOut, { params: { path: showPath(first), more: missing.length - 1 }, hints })]);
}

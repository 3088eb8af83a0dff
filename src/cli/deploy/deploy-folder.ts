import { isAbsolute, join, posix, relative, resolve, sep } from 'node:path';
import type { FileTree } from '../../model/source.ts';
import type { CliContext } from '../cli-context.ts';
import { marked } from '../output/marked.ts';
import type { OutputTarget } from '../output/output-target.ts';
import { existingFolder, refuseInputs } from '../output/output-targets.ts';
import { usageError } from '../usage-error.ts';
import type { Workspace } from '../workspace.ts';

/** The folder of an engine's objects: not among inputs, and not among what is rendered, where they would be applied with it. */
export function deployFolder(context: CliContext, workspace: Workspace, out: string, files: FileTree): OutputTarget {
  const folder = resolve(context.workingFolder, out);
  refuseInputs(out, folder, workspace);
  const rendered = join(workspace.root, workspace.inputs?.settings.rendered ?? 'rendered');
  for (const [inner, outer] of [
    [folder, rendered],
    [rendered, folder],
  ] as const) {
    const away = relative(outer, inner);
    if (away === '' || !(away.startsWith('..') || isAbsolute(away)))
      throw usageError(`--out ${out} and what is rendered lie in one another`, ['name a folder of its own, such as deploy']);
  }
  const root = existingFolder(folder);
  const below = relative(root, folder).split(sep).join('/');
  return { environment: out, root, out: below === '' ? '.' : posix.normalize(below), files: marked(files) };
}

import { byCodePoint } from '../model/names.ts';
import type { FileTree, RepoPath } from '../model/source.ts';

/** An environment's own folder: its environment.yaml and the other YAML files beneath it. */
export interface EnvironmentFolder {
  readonly name: string;
  readonly environmentFile: RepoPath;
  /** Sorted by code point, so that no file system decides an order. */
  readonly files: readonly RepoPath[];
}

/** The folders right under `root` that hold an environment.yaml, by name. */
export function environmentFolders(tree: FileTree, root: RepoPath): ReadonlyMap<string, EnvironmentFolder> {
  const files = new Map<string, RepoPath[]>();
  for (const path of tree.keys()) {
    if (!path.startsWith(`${root}/`) || !isYaml(path) || isRoutingTest(path)) continue;
    const name = path.slice(root.length + 1).split('/', 1)[0] ?? '';
    if (path === `${root}/${name}`) continue;
    const list = files.get(name);
    if (list === undefined) files.set(name, [path]);
    else list.push(path);
  }
  const folders = new Map<string, EnvironmentFolder>();
  for (const name of [...files.keys()].sort(byCodePoint)) {
    const all = files.get(name) ?? [];
    const environmentFile = [`${root}/${name}/environment.yaml`, `${root}/${name}/environment.yml`].find((path) => all.includes(path));
    if (environmentFile === undefined) continue;
    folders.set(name, { name, environmentFile, files: all.filter((path) => path !== environmentFile).sort(byCodePoint) });
  }
  return folders;
}

export function isYaml(path: RepoPath): boolean {
  return path.endsWith('.yaml') || path.endsWith('.yml');
}

/** Tests stand beside the intents, and are none. */
function isRoutingTest(path: RepoPath): boolean {
  return /\.test\.ya?ml$/.test(path);
}

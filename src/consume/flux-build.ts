import { byCodePoint } from '../model/names.ts';
import type { RepoPath } from '../model/source.ts';
import { kustomizeBuild } from './kustomize-build.ts';
import {
  type Build,
  type BuildFault,
  isKustomization,
  kustomizationsIn,
  type OutputFile,
  type OutputFolder,
  repeatedObjects,
  takenFrom,
} from './output-folder.ts';

/** Objects of one Kustomization, all named in its status: etcd takes 1.5 MB, and each entry is about 100 bytes. */
const inventoryEntries = 10_000;

/**
 * What Flux's kustomize-controller builds from a folder: its kustomization, or without one a list of every `.yaml` and `.yml` beneath it,
 * in which folders with a kustomization of their own are bases. As fluxcd/pkg/kustomize kustomize_generator.go does: one file that is no
 * Kubernetes YAML fails the whole build.
 */
export function fluxBuild(tree: OutputFolder): Build {
  const built = kustomizationsIn(tree, '').length > 0 ? kustomizeBuild(tree, '') : generated(tree);
  const { length } = built.objects;
  if (length <= inventoryEntries) return built;
  const reason = `one Kustomization would keep an inventory of ${length} objects, and etcd takes about ${inventoryEntries}: write \`shards:\``;
  return { objects: built.objects, faults: [...built.faults, { file: '', reason }] };
}

function generated(tree: OutputFolder): Build {
  const files = [...tree.values()].sort((a, b) => byCodePoint(a.path, b.path));
  const bases = [...new Set(files.filter(({ path }) => isKustomization(path)).map(({ path }) => folderOf(path)))];
  const outermost = bases.filter((base) => !bases.some((other) => other !== base && base.startsWith(`${other}/`)));
  const loose = files.filter(({ path }) => /\.ya?ml$/.test(path) && !outermost.some((base) => path.startsWith(`${base}/`)));
  const faults = loose.flatMap((file): readonly BuildFault[] =>
    isLoadable(file) ? [] : [{ file: file.path, reason: 'it is no Kubernetes YAML, which fails the build' }],
  );
  const builds = outermost.map((base) => kustomizeBuild(tree, base));
  const objects = [...loose.flatMap(takenFrom), ...builds.flatMap((one) => one.objects)];
  return { objects, faults: [...faults, ...builds.flatMap((one) => one.faults), ...repeatedObjects(objects)] };
}

function isLoadable({ isReadable, others }: OutputFile): boolean {
  return isReadable && others.length === 0;
}

function folderOf(path: RepoPath): RepoPath {
  return path.split('/').slice(0, -1).join('/');
}

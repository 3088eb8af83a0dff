import { joinDocuments, printYaml } from '../document/print.ts';
import type { JsonObject } from '../model/json.ts';
import { byCodePoint } from '../model/names.ts';
import { rememberedFor } from '../model/remembered-for.ts';
import type { Result } from '../model/result.ts';
import type { FileTree, RepoPath } from '../model/source.ts';
import type { LaidOutFolder } from './lay-out.ts';

/** A body that has been printed is not printed again. */
const textOf = rememberedFor(printYaml);

/**
 * The texts of all files, by path beneath the environment's output folder. Every folder gets a kustomization with an explicit,
 * sorted list: a file that no list names would silently not be applied. With shards there is no root kustomization: it would
 * bring back the one large build that sharding avoids.
 */
export function printFolders(
  folders: readonly LaidOutFolder[],
  drawKustomization: (resources: readonly RepoPath[]) => Result<JsonObject>,
): Result<FileTree> {
  const files = new Map<RepoPath, string>();
  for (const { folder, files: laidOut } of folders) {
    const base = folder === '' ? '' : `${folder}/`;
    for (const { path, manifests } of laidOut) files.set(base + path, joinDocuments(manifests.map(({ body }) => textOf(body))));
    const kustomization = drawKustomization(laidOut.map(({ path }) => path));
    if (kustomization.value === undefined) return kustomization;
    files.set(`${base}kustomization.yaml`, printYaml(kustomization.value));
  }
  return { value: new Map([...files].sort(([a], [b]) => byCodePoint(a, b))), diagnostics: [] };
}

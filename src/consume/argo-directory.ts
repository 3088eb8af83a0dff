import { posix } from 'node:path';
import { byCodePoint } from '../model/names.ts';
import { type Build, type BuildFault, type OutputFolder, repeatedObjects, type TakenObject, takenFrom } from './output-folder.ts';

/** Bytes of all files of one Application: `reposerver.max.combined.directory.manifests.size`. */
const combinedBytes = 10 * 1024 * 1024;

/**
 * What Argo CD loads of a folder as a plain directory, with `recurse: true` and `exclude: '**\/kustomization.yaml'`.
 * As argoproj/argo-cd reposerver/repository/repository.go does: a file that can't be decoded is passed over in silence unless it looks
 * like a manifest; a JSON file holds exactly one object; `+argocd:skip-file-rendering` anywhere in a file skips it.
 */
export function argoDirectory(tree: OutputFolder): Build {
  const faults: BuildFault[] = [];
  const objects: TakenObject[] = [];
  let bytes = 0;
  for (const [path, file] of [...tree].sort(([a], [b]) => byCodePoint(a, b))) {
    if (!/\.(yaml|yml|json|jsonnet)$/.test(path) || posix.basename(path) === 'kustomization.yaml') continue;
    if (file.text.includes('+argocd:skip-file-rendering')) {
      faults.push({ file: path, reason: 'it says `+argocd:skip-file-rendering`, so all of it is skipped' });
      continue;
    }
    if (path.endsWith('.jsonnet')) {
      faults.push({ file: path, reason: 'it would be run as a program' });
      continue;
    }
    bytes += Buffer.byteLength(file.text);
    if (path.endsWith('.json') && (file.objects.length !== 1 || file.others.length > 0))
      faults.push({ file: path, reason: 'a JSON file must hold exactly one object' });
    else if (!file.isReadable)
      faults.push({
        file: path,
        reason: looksLikeManifest(file.text) ? 'it can not be decoded' : 'it can not be decoded, and is passed over in silence',
      });
    else if (file.others.length > 0) faults.push({ file: path, reason: 'it holds a document that is no Kubernetes object' });
    objects.push(...takenFrom(file));
  }
  faults.push(...repeatedObjects(objects));
  if (bytes > combinedBytes)
    faults.push({
      file: '',
      reason: `its files have ${bytes} bytes together, and one Application takes ${combinedBytes}: write \`shards:\``,
    });
  return { objects, faults };
}

function looksLikeManifest(text: string): boolean {
  return ['apiVersion:', 'kind:', 'metadata:'].every((word) => text.includes(word));
}

import type { JsonObject } from '../model/json.ts';
import type { Manifest } from '../model/manifest.ts';
import type { RepoPath } from '../model/source.ts';

/** Manifests by the file that they were read from, in order; `inner` makes paths of two folders the same. */
export function byFile(manifests: readonly Manifest[], inner: (path: RepoPath) => RepoPath): ReadonlyMap<RepoPath, readonly Manifest[]> {
  const files = new Map<RepoPath, Manifest[]>();
  for (const manifest of manifests) {
    const path = inner(manifest.owner.origin.at?.file ?? '');
    const known = files.get(path);
    if (known === undefined) files.set(path, [manifest]);
    else known.push(manifest);
  }
  return files;
}

/** The objects alone, file by file. */
export function bodiesOf(files: Iterable<readonly [RepoPath, readonly Manifest[]]>): ReadonlyMap<RepoPath, readonly JsonObject[]> {
  return new Map([...files].map(([path, manifests]) => [path, manifests.map(({ body }) => body)]));
}

import type { RepoPath } from './source.ts';

/** Whether the folder `prefix` ('' or with a slash at its end) has a kustomization, or shards that have one: whether it can be applied by itself. */
export function isListed(paths: Iterable<RepoPath>, prefix = ''): boolean {
  return [...paths].some(
    (path) => path.startsWith(prefix) && /^(shard-\d+\/)?(kustomization\.ya?ml|Kustomization)$/.test(path.slice(prefix.length)),
  );
}

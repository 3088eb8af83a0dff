import type { ReadContents } from '../../pipelines/rollouts/rollout-history.ts';
import { readBlobs } from '../../repo/git/read-blobs.ts';
import type { GitRepository } from '../../repo/git/repository.ts';

/** Texts of a repository by their hashes; those that are not here are left out. */
export function contentsIn(repository: GitRepository): ReadContents {
  return async (hashes) => {
    const blobs = await readBlobs(repository, hashes);
    return new Map([...(blobs.value ?? [])].map(([hash, bytes]) => [hash, bytes.toString('utf8')]));
  };
}

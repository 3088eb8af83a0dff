import type { Remote, RemoteAddress } from './remote.ts';
import type { GitRepository } from './repository.ts';

/** A repository as its own remote: where there is no other, its branches are those that count. */
export function ownRemote({ commonFolder }: GitRepository): Remote {
  const here: RemoteAddress = { address: commonFolder, effective: commonFolder, kind: { kind: 'folder', path: commonFolder } };
  return { name: 'this repository', fetch: here, push: here };
}

import { createHash } from 'node:crypto';
import type { StickyId } from '../../pipelines/rollouts/rollouts.ts';

/** Names a run by what begins it, and the commit that it begins at: the same every time it is asked, and another when it begins again. */
export function stickyIdAt(commit: string): StickyId {
  return (service, version) =>
    createHash('sha256')
      .update(JSON.stringify([commit, service, version]))
      .digest('hex')
      .slice(0, 8);
}

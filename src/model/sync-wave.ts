import { objectOr } from './json.ts';
import type { Manifest } from './manifest.ts';

/** The annotation by which Argo CD applies objects one wave after the other: a whole number, as text. */
export const syncWave = 'argocd.argoproj.io/sync-wave';

/** The wave that Argo CD applies an object in: what it cannot read is 0 (gitops-engine, pkg/sync/syncwaves). */
export function waveOf({ body }: Manifest): number {
  const written = objectOr(objectOr(body.metadata).annotations)[syncWave];
  return typeof written === 'string' && /^[+-]?\d+$/.test(written) ? Number(written) : 0;
}

/** With `PruneLast=true` what is deleted is deleted in a wave of its own, after all others. */
export const pruneWave = Number.POSITIVE_INFINITY;

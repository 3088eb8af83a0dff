import { type JsonObject, objectOr } from '../model/json.ts';
import type { Manifest } from '../model/manifest.ts';
import { pruneGuards } from '../model/prune-guards.ts';
import { shardFolder } from './shard.ts';

/**
 * A change of the number of shards, in steps: objects that move change their owner in the cluster, and the old owner would delete
 * what the new one has just taken over. So they are guarded where they stand, then moved, then (by the next plain render) freed.
 */
export interface Reshard {
  readonly from: number;
  readonly to: number;
  /** 'guard': as it was, the movers guarded. 'move': as it shall be, the movers still guarded. */
  readonly step: 'guard' | 'move';
}

export function guardMovers(manifests: readonly Manifest[], { from, to }: Reshard): readonly Manifest[] {
  return manifests.map((manifest) =>
    shardFolder(manifest, from) === shardFolder(manifest, to) ? manifest : { ...manifest, body: guarded(manifest.body) },
  );
}

function guarded(body: JsonObject): JsonObject {
  const metadata = objectOr(body.metadata);
  return { ...body, metadata: { ...metadata, annotations: { ...objectOr(metadata.annotations), ...pruneGuards } } };
}

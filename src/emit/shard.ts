import { createHash } from 'node:crypto';
import type { Manifest } from '../model/manifest.ts';

/**
 * The shard of an object: a pure function of its intent's namespace and name, so that adding one moves no other,
 * and the objects of one intent stay together.
 */
export function shardOf({ owner, namespace }: Manifest, shards: number): number {
  const digest = createHash('sha256')
    .update(`${owner.namespace ?? namespace ?? ''}/${owner.name}`)
    .digest();
  return digest.readUInt32BE(0) % shards;
}

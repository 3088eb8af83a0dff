import { createHash } from 'node:crypto';
import type { Manifest } from '../model/manifest.ts';

/**
 * The shard of an object: a pure function of its intent's namespace and name, so that adding one moves no other,
 * and the objects of one intent stay together.
 */
function shardOf({ owner, namespace }: Manifest, shards: number): number {
  const digest = createHash('sha256')
    .update(`${owner.namespace ?? namespace ?? ''}/${owner.name}`)
    .digest();
  return digest.readUInt32BE(0) % shards;
}

/** The folder of an object: the root where nothing is sharded. */
export function shardFolder(manifest: Manifest, shards: number): string {
  return shards > 1 ? `shard-${shardOf(manifest, shards)}` : '';
}

export function shardFolders(shards: number): readonly string[] {
  return shards > 1 ? Array.from({ length: shards }, (_, i) => `shard-${i}`) : [''];
}

import { statSync } from 'node:fs';
import { join } from 'node:path';
import { pruneGuards } from '../../model/prune-guards.ts';
import type { RenderedLayout } from '../../pipelines/deploy-config.ts';
import { readRendered } from '../../repo/rendered-folder.ts';
import { renderedShards } from '../output/shard-steps.ts';
import { refusal } from '../usage-error.ts';

/**
 * What of an environment is rendered, where that is not what its intents ask for; undefined where it is, and where nothing is rendered here at all,
 * but in another branch or repository. A number of shards that is not on its way is refused, as `render` refuses it.
 */
export function renderedLayout(root: string, rendered: string, environment: string, shards: number): RenderedLayout | undefined {
  if (statSync(join(root, rendered), { throwIfNoEntry: false })?.isDirectory() !== true) return undefined;
  const out = `${rendered}/${environment}`;
  const from = renderedShards(join(root, out));
  if (from === undefined) return { kind: 'missing' };
  if (from === shards) return undefined;
  if (isGuarded(root, out)) return { kind: 'shards', shards: from };
  throw refusal(
    `${environment} is rendered in ${from} and declares ${shards} shards: folders that these objects would apply are not there`,
    ['run `mainsheet render --reshard` first: it goes there step by step, and these objects follow'],
  );
}

/** Whether any object is guarded against pruning, as those are that are about to move. */
function isGuarded(root: string, out: string): boolean {
  const words = Object.keys(pruneGuards);
  const files = [...(readRendered(root, out).value?.values() ?? [])];
  return files.some((entry) => entry.kind === 'file' && words.every((word) => entry.text.includes(word)));
}

import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { checkRendered } from '../../repo/check-rendered.ts';
import { readRendered } from '../../repo/rendered-folder.ts';
import { refusal } from '../usage-error.ts';
import type { Inputs } from '../workspace.ts';
import { marked } from './marked.ts';
import type { OutputTarget } from './output-target.ts';

/**
 * The target itself, or the next step towards it where its number of shards differs from the rendered one: objects that change their
 * shard are first guarded against pruning where they stand, then moved, and freed by the render after that. Each step is to be merged
 * and applied before the next. A comparison takes the guarded state for up to date, so that its pull request passes.
 */
export function inShardSteps(
  target: OutputTarget,
  inputs: Inputs,
  to: number,
  request: { readonly check?: boolean; readonly reshard?: boolean },
): OutputTarget {
  const from = renderedShards(join(target.root, target.out));
  if (from === undefined || from === to) return target;
  const { environment } = target;
  if (request.check !== true && request.reshard !== true) {
    throw refusal(
      `${environment} is rendered in ${from} and declares ${to} shards: objects would move between the owners that apply them`,
      ['run `mainsheet render --reshard`: it guards them against pruning first, and says what follows'],
    );
  }
  const guarded = { ...target, files: marked(inputs.recompile(environment, { from, to, step: 'guard' }).files) };
  const isGuarded = isRendered(guarded);
  if (request.check === true) return isGuarded ? guarded : target;
  const words = `${environment}: from ${from} to ${to} shards, step`;
  if (!isGuarded) {
    return {
      ...guarded,
      next: `${words} 1 of 3. Objects that move are guarded. Once this is applied, run \`mainsheet render --reshard\` again.`,
    };
  }
  const moved = marked(inputs.recompile(environment, { from, to, step: 'move' }).files);
  return {
    ...target,
    files: moved,
    onlyMoves: true,
    next: `${words} 2 of 3. Objects have moved. Once this is applied, \`mainsheet render\` takes the guards away.`,
  };
}

function isRendered({ root, out, files }: OutputTarget): boolean {
  const existing = readRendered(root, out).value;
  return existing !== undefined && checkRendered(existing, files).upToDate;
}

/** In how many shards a folder stands on disk, 1 = none; undefined where nothing is rendered yet. */
export function renderedShards(folder: string): number | undefined {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return undefined;
  const names = readdirSync(folder);
  return names.length === 0 ? undefined : Math.max(1, names.filter((name) => /^shard-\d+$/.test(name)).length);
}

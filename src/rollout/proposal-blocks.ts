import { type Json, type JsonObject, objectOr } from '../model/json.ts';
import type { Guardrails, RolloutBlock, Seconds } from '../model/rollout.ts';
import { freezeAt } from './freeze-windows.ts';

/** What a service says before and after all of a change. */
export interface ChangedShares {
  readonly service: string;
  readonly before: JsonObject;
  readonly after: JsonObject;
}

/**
 * What guardrails say of a change that a person proposes: `max-shift` is for it to be refused, the others for its pull request to tell and to
 * wait for. The way back to what is stable passes all of them. `otherActive`: rollouts of the environment that this does not begin.
 */
export function proposalBlocks(
  { maxShift = 100, maxActiveRollouts, freeze }: Guardrails,
  changed: readonly ChangedShares[],
  otherActive: number,
  now: Seconds,
): readonly RolloutBlock[] {
  if (changed.length > 0 && changed.every(isWayBack)) return [];
  const blocks: RolloutBlock[] = changed.flatMap(({ service, before, after }) => {
    const moved = isWayBack({ service, before, after }) ? 0 : movedShare(before, after);
    if (moved <= maxShift) return [];
    const reason = `${service} moves ${moved} % of its requests, more than the ${maxShift} % that one pull request may move`;
    return [{ kind: 'max-shift', reason }];
  });
  const frozen = freezeAt(freeze, now);
  if (frozen !== undefined)
    blocks.push({ kind: 'freeze', reason: frozen.reason, ...(frozen.until === undefined ? {} : { until: frozen.until }) });
  const begins = changed.some(({ before, after }) => before.canary === undefined && after.canary !== undefined);
  if (begins && maxActiveRollouts !== undefined && otherActive >= maxActiveRollouts)
    blocks.push({ kind: 'limit', reason: `${otherActive} others are on the way, and no more than ${maxActiveRollouts} rollouts may be` });
  return blocks;
}

/** Requests move to nothing but what was stable, or is kept for going back. */
function isWayBack({ before, after }: ChangedShares): boolean {
  const [was, is] = [sharesOf(before), sharesOf(after)];
  const gaining = [...is].filter(([version, share]) => share > (was.get(version) ?? 0)).map(([version]) => version);
  return gaining.length > 0 && gaining.every((version) => version === before.stable || version === before.previous);
}

/** Percent of the requests that no pin or route leads elsewhere. */
function movedShare(before: JsonObject, after: JsonObject): number {
  const [was, is] = [sharesOf(before), sharesOf(after)];
  if (was.size === 0) return 0;
  return [...is].reduce((sum, [version, share]) => sum + Math.max(0, share - (was.get(version) ?? 0)), 0);
}

/** By version; nothing where none is stable yet. */
function sharesOf({ stable, canary }: JsonObject): ReadonlyMap<string, number> {
  if (typeof stable !== 'string') return new Map();
  const { version, percent } = objectOr(canary);
  if (typeof version !== 'string' || version === stable) return new Map([[stable, 100]]);
  const share = numberOr(percent);
  return new Map([
    [stable, 100 - share],
    [version, share],
  ]);
}

function numberOr(value: Json | undefined): number {
  return typeof value === 'number' ? value : 0;
}

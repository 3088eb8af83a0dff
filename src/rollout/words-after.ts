import { isObject, type Json, type JsonObject, objectOr } from '../model/json.ts';
import type { RolloutMember, RolloutMove, RolloutPlan, RolloutState } from '../model/rollout.ts';
import { lengthWords } from './blocks.ts';
import { isComing, isMoving } from './steps.ts';

/** Names a run of a sticky rollout: another for each run, so that no cookie of an earlier one counts. */
export type StickyId = (service: string, version: string) => string;

/**
 * What a member's intent says after a move: all its words, but for those that the move changes as they were. A move that is
 * another member's changes nothing.
 */
export function wordsAfter(
  state: RolloutState,
  member: RolloutMember,
  words: JsonObject,
  move: RolloutMove,
  stickyId: StickyId,
): JsonObject {
  const { plan } = state;
  switch (move.kind) {
    case 'start':
      return member.service === move.service ? started(words, plan, move, stickyId(move.service, move.version)) : words;
    case 'forward':
      return member.service === move.service ? forwarded(words, state, member, move.step, stickyId) : words;
    case 'finish':
      return isMoving(member) && member.canary !== undefined ? finished(words, member.stable, member.canary.version) : words;
    case 'retire':
      return member.previous === undefined ? words : retired(words, member.previous);
    case 'rollback':
      return rolledBack(words, member, move.to);
    case 'hold':
      return state.isTrain ? words : held(words, move.reason);
    case 'phase':
    case 'wait':
    case 'done':
      return words;
  }
}

function started(
  words: JsonObject,
  plan: RolloutPlan,
  { version, step }: { readonly version: string; readonly step: number },
  id: string,
): JsonObject {
  const versions = objectOr(words.versions);
  return {
    ...withState(words, { queued: undefined, returning: undefined }),
    ...(versions[version] === undefined ? { versions: { ...versions, [version]: {} } } : {}),
    canary: {
      version,
      ...shareOf(plan, step),
      ...(plan.sticky === undefined ? {} : { sticky: stickyWords(plan.sticky, id) }),
    },
  };
}

function forwarded(
  words: JsonObject,
  { plan }: RolloutState,
  { service, target, canary }: RolloutMember,
  step: number,
  stickyId: StickyId,
): JsonObject {
  // A train's member that has not begun begins when it is its turn.
  if (canary === undefined)
    return target === undefined ? words : started(words, plan, { version: target, step }, stickyId(service, target));
  const { mirror: _, ...said } = objectOr(words.canary);
  const { sticky } = canary;
  const seen = sticky === undefined || canary.percent === 0 ? [] : [canary.percent].filter((share) => share !== plan.steps[step]?.percent);
  return {
    ...words,
    canary: {
      ...said,
      ...shareOf(plan, step),
      ...(sticky === undefined || seen.length === 0 ? {} : { sticky: { ...objectOr(said.sticky), seen: [...sticky.seen, ...seen] } }),
    },
  };
}

/** Shares that users may carry a cookie of, each once, besides the one that comes: at 0 and at 100 percent nobody gets any. */
function seenAfter(seen: readonly number[], left: number, share: number): readonly number[] {
  return [...new Set([...seen, left])].filter((one) => one > 0 && one < 100 && one !== share);
}

function shareOf({ steps }: RolloutPlan, index: number): JsonObject {
  const { percent = 0, mirror } = steps[index] ?? {};
  return { percent, ...(mirror === undefined || mirror === 0 ? {} : { mirror }) };
}

function stickyWords({ cookie, maxAge, mesh }: NonNullable<RolloutPlan['sticky']>, id: string): JsonObject {
  return { cookie, ...(maxAge === undefined ? {} : { maxAge: lengthWords(maxAge) }), ...(mesh ? { mesh } : {}), id };
}

/** No request moves: all of them went to the new version before. */
function finished(words: JsonObject, old: string, version: string): JsonObject {
  const { canary: _, ...rest } = ended(words, version);
  return { ...rest, stable: version, previous: old };
}

function retired(words: JsonObject, old: string): JsonObject {
  const { previous: _, ...rest } = words;
  return { ...rest, versions: without(objectOr(words.versions), old) };
}

function rolledBack(words: JsonObject, member: RolloutMember, to: number | 'previous'): JsonObject {
  const { canary, stable, previous } = member;
  if (to === 'previous') {
    if (previous === undefined) return words;
    const { canary: _, previous: __, ...rest } = withState(words, { returning: undefined });
    return withoutComing({ ...rest, stable: previous }, previous);
  }
  if (member.coming !== undefined && isComing(member)) return withoutComing(ended(words, member.coming), stable);
  if (canary === undefined || !isMoving(member)) return words;
  if (to === 0) {
    const { canary: _, ...rest } = ended(words, canary.version);
    return withoutComing(rest, stable);
  }
  const { mirror: _, ...said } = objectOr(words.canary);
  const share = Math.min(to, canary.percent);
  // The same run, so that nobody joins who was drawn for what is stable: of those who were drawn for the larger share just as many leave as it shrinks.
  const sticky =
    canary.sticky === undefined ? {} : { sticky: { ...objectOr(said.sticky), seen: seenAfter(canary.sticky.seen, canary.percent, share) } };
  return withoutComing({ ...withState(words, { returning: true }), canary: { ...said, percent: share, ...sticky } }, stable);
}

/** Words of `next:` that would bring back what was gone back from, or take away what was gone back to; a person's other words stay. */
function withoutComing(words: JsonObject, stable: string): JsonObject {
  if (!isObject(words.next)) return words;
  const { canary: _, stable: coming, previous: __, versions, ...others } = words.next;
  // What is stable nowhere yet was not gone back from.
  const first: JsonObject = words.stable === undefined && coming !== undefined ? { stable: coming } : {};
  const kept = isObject(versions) ? without(versions, stable) : {};
  const next: JsonObject = { ...first, ...others, ...(Object.keys(kept).length === 0 ? {} : { versions: kept }) };
  return Object.keys(next).length === 0 ? without(words, 'next') : { ...words, next };
}

function held(words: JsonObject, reason: string): JsonObject {
  return withState(words, { hold: reason });
}

/** The rollout of a version has ended: it is not on the way back any more, nor does it wait for its turn. */
function ended(words: JsonObject, version: string): JsonObject {
  const { queued } = objectOr(words.rollout);
  return withState(words, { returning: undefined, ...(queued === version ? { queued: undefined } : {}) });
}

/** Words of `rollout:` that say where it is, not how it goes; undefined takes one away, and `rollout:` with the last of its words. */
export function withState(words: JsonObject, state: { readonly [word: string]: Json | undefined }): JsonObject {
  const { rollout: said } = words;
  const all = Object.entries({ ...objectOr(said), ...state });
  const rollout = Object.fromEntries(all.flatMap(([word, value]) => (value === undefined ? [] : [[word, value]])));
  if (Object.keys(rollout).length === 0) return without(words, 'rollout');
  return { ...words, rollout };
}

function without(map: JsonObject, key: string): JsonObject {
  const { [key]: _, ...rest } = map;
  return rest;
}

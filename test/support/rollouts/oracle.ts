import { isObject, type Json, objectOr } from '../../../src/model/json.ts';
import type { RolloutMove } from '../../../src/model/rollout.ts';
import { type Rules, type Weather, type World, wordsOf } from './world.ts';

/** What is wrong with a world by itself: words that contradict one another, or a consumer ahead of its provider. */
export function faultsOfWorld({ targets }: Rules, world: World): readonly string[] {
  const faults: string[] = [];
  for (const { service } of targets) {
    const { stable, canary, previous, versions, next } = wordsOf(world, service);
    const { version, percent } = objectOr(canary);
    const known = objectOr(versions);
    for (const name of [stable, version, previous]) {
      if (typeof name === 'string' && known[name] === undefined) faults.push(`${service}: requests may go to ${name}, which is no version`);
    }
    if (canary !== undefined && (typeof percent !== 'number' || percent < 0 || percent > 100))
      faults.push(`${service}: a share of ${String(percent)}`);
    if (canary !== undefined && version === stable) faults.push(`${service}: the canary is what is stable`);
    if (next !== undefined && isObject(next) && Object.keys(next).length === 0) faults.push(`${service}: nothing is still to come`);
  }
  return faults;
}

/** Of a train: each consumer's share of the new version is at most its provider's. People may write what they like; a rollout may not. */
export function faultsOfOrder({ targets }: Rules, words: World['words']): readonly string[] {
  if (targets.length < 2) return [];
  const shares = targets.map(({ service, target }) => {
    const { stable, canary } = words[service] ?? {};
    const { version, percent } = objectOr(canary);
    return stable === target ? 100 : version === target && typeof percent === 'number' ? percent : 0;
  });
  return shares.some((share, i) => i > 0 && share > (shares[i - 1] ?? 0))
    ? [`a consumer is ahead of its provider: ${shares.join(', ')}`]
    : [];
}

/** What is wrong with a move in its world, worked out from the plan's own numbers, by other means than deciding it. */
export function faultsOfMove(
  rules: Rules,
  world: World,
  { gate, frozen, full }: Weather,
  move: RolloutMove,
  after: World['words'],
): readonly string[] {
  const faults: string[] = [];
  const say = (isWrong: boolean, fault: string): void => {
    if (isWrong) faults.push(`${move.kind}: ${fault}`);
  };
  const { plan, targets } = rules;
  const subject = wordsOf(world, targets[0]?.service ?? '');
  const { hold, returning } = objectOr(subject.rollout);
  const isForward = ['start', 'forward', 'phase', 'finish', 'retire'].includes(move.kind);
  const share = (words: World['words'], service: string): number => {
    const { percent } = objectOr(words[service]?.canary);
    return typeof percent === 'number' ? percent : 0;
  };
  const before = targets.map(({ service }) => share(world.words, service));
  if (isForward) {
    say(frozen, 'in a freeze');
    say(hold !== undefined, 'though it is held');
    say(
      move.kind !== 'phase' && targets.some(({ service }) => world.words[service]?.next !== undefined),
      'before phases that are still to come',
    );
    say(world.pull?.foreign === true, "over a person's pull request");
    say(returning === true, 'on the way back');
    for (const fault of faultsOfOrder(rules, world.words).length > 0 ? [] : faultsOfOrder(rules, after)) say(true, fault);
  }
  const places = targets.map(({ service }) => placeOf(rules, world.words[service]?.canary));
  const least = Math.min(...places);
  const isAligned = places.every((place) => place === least);
  const isOn = targets.some(({ service }) => world.words[service]?.canary !== undefined);
  const current = plan.steps[least];
  if ((move.kind === 'forward' && isAligned && current !== undefined) || move.kind === 'finish') {
    say((world.liveAge ?? 0) * 3600 < (current?.soak ?? 0), 'before the step has soaked');
    say((current?.gates.length ?? 0) > 0 && gate !== 'pass', `though the gate says ${gate}`);
  }
  if (['forward', 'phase', 'finish'].includes(move.kind) && isOn) say(world.liveAge === undefined, 'before what was merged is live');
  if (move.kind === 'forward') {
    const changed = targets.filter(({ service }) => JSON.stringify(after[service]) !== JSON.stringify(world.words[service]));
    say(changed.length !== 1, 'several members at once');
    for (const { service } of changed) {
      const [from, to] = [placeOf(rules, world.words[service]?.canary), placeOf(rules, after[service]?.canary)];
      say(to !== from + 1, `to step ${to}, not the step behind ${from}`);
      say(share(after, service) < share(world.words, service), 'backwards');
      say(objectOr(after[service]?.canary).version !== (objectOr(world.words[service]?.canary).version ?? 'v2'), 'to another version');
    }
    const { queued } = objectOr(subject.rollout);
    const { version } = objectOr(subject.canary);
    say(
      plan.newVersion !== 'queue' && queued !== undefined && queued !== version && queued !== subject.stable,
      'though another version was asked for',
    );
  }
  if (move.kind === 'finish') {
    say(
      before.some((one) => one < 100),
      'before all requests go to the new version',
    );
    for (const { service } of targets) {
      const words = after[service] ?? {};
      say(words.canary !== undefined, 'a canary is left behind');
      say(words.stable !== objectOr(world.words[service]?.canary).version, 'what is stable is not what was tried');
      say(words.previous !== world.words[service]?.stable, 'what was stable is not known any more');
    }
  }
  if (move.kind === 'start') {
    say(full && before.every((one) => one === 0), 'more rollouts than there may be');
    say(objectOr(after[move.service]?.rollout).queued !== undefined, 'it would begin again');
  }
  if (move.kind === 'retire') {
    const isOver = (plan.retireAfter ?? Number.POSITIVE_INFINITY) <= world.finishAge * 3600;
    say(!isOver, 'before it is out of use for long enough');
  }
  if (move.kind === 'rollback') {
    const failed = gate === 'fail' && isOn;
    const proposed = world.pull?.move.kind === 'rollback';
    const replaced = plan.newVersion === 'replace' && objectOr(subject.rollout).queued !== undefined;
    say(!failed && !proposed && !replaced && returning !== true, 'though nothing failed');
    say(replaced && !failed && !proposed && (frozen || hold !== undefined), 'for a replacement that has to wait');
    const isLess = targets.some(({ service }, i) => share(after, service) < (before[i] ?? 0));
    say(!isLess && before.some((one) => one > 0), 'nobody goes back');
    for (const [i, { service }] of targets.entries()) {
      const words = after[service] ?? {};
      say(share(after, service) > (before[i] ?? 0), 'forward');
      say(words.stable !== world.words[service]?.stable, 'what is stable changes');
    }
  }
  return faults;
}

/** How many steps of the plan are no more than what a canary has, less one. */
function placeOf({ plan }: Rules, canary: Json | undefined): number {
  if (canary === undefined) return -1;
  const { percent = 0, mirror = 0 } = objectOr(canary);
  const amount = Number(percent) + (percent === 0 ? Number(mirror) / 1000 : 0);
  return plan.steps.filter((step) => step.percent + (step.percent === 0 ? (step.mirror ?? 0) / 1000 : 0) <= amount).length - 1;
}

import type { ChangeReport } from '../model/change-report.ts';
import { type Json, type JsonObject, objectOr, sameJson } from '../model/json.ts';
import { listWords } from '../model/names.ts';
import type { PullRequestKey } from '../model/pull-request.ts';
import { everyEnvironment } from './branch-name.ts';

/** An intent before and after all of a change. */
export interface ChangedIntent {
  readonly title: string;
  readonly before?: JsonObject;
  readonly after?: JsonObject;
}

/** Where on its way a change is: 'expand' of expand, shift. */
export interface PhasePosition {
  readonly name: string;
  readonly following: readonly string[];
  /** Phases went before. */
  readonly isContinued: boolean;
  /** It leads no request elsewhere: that comes with what follows. */
  readonly isStill: boolean;
}

/** In the environment that has the longest way; undefined where there is none. `isContinued`: phases of it have been merged. */
export function phasePosition(reports: readonly ChangeReport[], isContinued: boolean, isStill: boolean): PhasePosition | undefined {
  const [longest] = reports.toSorted((a, b) => b.phases.length - a.phases.length);
  const [first, ...following] = longest?.phases ?? [];
  return first === undefined ? undefined : { name: first.name, following: following.map(({ name }) => name), isContinued, isStill };
}

/** 'prod: reviews v3 gets 25 % instead of 5 % (expand: nothing moves yet, then shift)', or 'mesh/prod: …' below the top of a repository: what changes, and how far, so that two steps have two titles. `whole`: what becomes of all its environments. */
export function changeTitle(
  key: PullRequestKey,
  intents: readonly ChangedIntent[],
  phase?: PhasePosition,
  whole?: 'new' | 'deleted',
): string {
  const { environment, subject, root } = key;
  // Two roots of one repository may have environments and services of the same names.
  const place = root === undefined ? environment : `${root}/${environment}`;
  if (subject === undefined && environment !== everyEnvironment && whole !== undefined) return `${place} is ${whole}`;
  const where = environment === everyEnvironment ? `all environments${root === undefined ? '' : ` of ${root}`}` : place;
  return `${where}: ${changeWords(key, intents)}${phase === undefined ? '' : phaseWords(phase)}`;
}

function phaseWords({ name, following, isContinued, isStill }: PhasePosition): string {
  if (following.length > 0) return ` (${name}${isStill && name === 'expand' ? ': nothing moves yet' : ''}, then ${listWords(following)})`;
  return isContinued ? ` (${name}, last phase)` : '';
}

const mostNames = 3;

function changeWords({ subject }: PullRequestKey, intents: readonly ChangedIntent[]): string {
  const [only, ...others] = intents;
  if (only === undefined) return subject === undefined ? 'settings' : `${subject} rendered anew`;
  // A train is not what changes: those who ride it are.
  const train = subject?.startsWith('train ') === true ? `${subject}: ` : '';
  if (others.length === 0)
    return train === ''
      ? `${subject ?? shortTitle(only.title)} ${intentWords(only)}`
      : `${train}${shortTitle(only.title)} ${intentWords(only)}`;
  const names = intents.map(({ title }) => shortTitle(title));
  const left = names.length - mostNames;
  return train + listWords(left > 0 ? [...names.slice(0, mostNames), `${left} more`] : names);
}

function shortTitle(title: string): string {
  return title.replace(/^service /, '');
}

function intentWords({ before, after }: ChangedIntent): string {
  if (before === undefined) return 'is new';
  if (after === undefined) return 'is deleted';
  const [was, now] = [canaryOf(before), canaryOf(after)];
  const stable = sameJson(before.stable, after.stable) ? undefined : `is stable at ${word(after.stable)}`;
  if (was !== undefined && now === undefined) return stable ?? `without its canary ${was.version}`;
  if (stable !== undefined && now === undefined) return stable;
  if (now !== undefined && (was === undefined || was.version !== now.version)) return `${now.version} gets ${shareWords(now)}`;
  if (now !== undefined && was !== undefined && shareWords(was) !== shareWords(now))
    return `${now.version} gets ${shareWords(now)} instead of ${shareWords(was)}`;
  if (typeof before.previous === 'string' && after.previous === undefined && sameJson(before.stable, after.stable))
    return `without its old version ${before.previous}`;
  const gone = was === undefined && now === undefined ? canaryOf(objectOr(before.next)) : undefined;
  if (gone !== undefined && canaryOf(objectOr(after.next)) === undefined) return `does not go on to its canary ${gone.version}`;
  const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => name !== 'next' && !sameJson(before[name], after[name]),
  );
  if (changed.length === 0) return 'says anew what is still to come';
  if (changed.length === 1 && changed[0] === 'rollout') return decidedWords(objectOr(before.rollout), objectOr(after.rollout));
  const left = changed.length - mostNames;
  return `changes ${listWords(left > 0 ? [...changed.slice(0, mostNames), `${left} more`] : changed)}`.trimEnd();
}

/** What a person decides about a rollout, where it is nothing else. */
function decidedWords(before: JsonObject, after: JsonObject): string {
  const differs = (name: string) => !sameJson(before[name], after[name]);
  const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(differs);
  const [only, ...others] = changed;
  if (others.length > 0) return 'changes rollout';
  if (only === 'queued')
    return after.queued === undefined ? `${word(before.queued)} is not to follow` : `${word(after.queued)} is to follow`;
  if (only !== 'hold') return 'changes rollout';
  if (after.hold === undefined || after.hold === null) return 'is not held any more';
  return typeof after.hold === 'string' ? `is held: ${after.hold}` : 'is held';
}

interface Canary {
  readonly version: string;
  readonly percent: number;
  readonly mirror: number;
}

function shareWords({ percent, mirror }: Canary): string {
  return percent === 0 && mirror > 0 ? `a copy of ${mirror} %` : `${percent} %`;
}

function canaryOf(value: JsonObject): Canary | undefined {
  const { version, percent, mirror } = objectOr(value.canary);
  const number = (share: Json | undefined): number => (typeof share === 'number' ? share : 0);
  return typeof version === 'string' ? { version, percent: number(percent), mirror: number(mirror) } : undefined;
}

function word(value: Json | undefined): string {
  return typeof value === 'string' ? value : 'none';
}

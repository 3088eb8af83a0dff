import { drivenIntents } from '../model/driven-intents.ts';
import type { LoadedEnvironment } from '../model/environment.ts';
import { type Intent, intentTitle } from '../model/intent.ts';
import { sameJson } from '../model/json.ts';
import { byCodePoint } from '../model/names.ts';
import type { RepoPath } from '../model/source.ts';
import type { ChangedInput } from './group-changes.ts';
import { keySubject } from './key-subject.ts';

/** An environment on the base branch and with the change; absent where it is not there, or can't be read. */
export interface EnvironmentSides {
  readonly name: string;
  readonly before?: LoadedEnvironment;
  readonly after?: LoadedEnvironment;
}

/** Of an environment: who is not a subject by itself, by title, and whose subject it is: a train's that is on its way. */
export type RidersOf = (loaded: LoadedEnvironment) => ReadonlyMap<string, Pick<Intent, 'kind' | 'name' | 'namespace'>>;

/**
 * What each edited input is about, and the intents that say what is still to come though nobody edits them: a phase that was merged is
 * followed by the next, but for those of rollouts, which come when it is their time. `folder` is where environments stand. What is said of a
 * service that rides a train is about the train: it has one branch and one pull request, from its first step to its last.
 */
export function changedInputs(
  edited: Iterable<RepoPath>,
  sides: readonly EnvironmentSides[],
  folder: RepoPath,
  ridersOf: RidersOf,
): readonly ChangedInput[] {
  const paths = new Set(edited);
  const inputs = [...paths].map((path) => editedInput(path, sides, folder, ridersOf));
  const coming = new Map<RepoPath, Intent[]>();
  for (const { after } of sides) {
    const driven = after === undefined ? new Set() : drivenIntents(after);
    for (const intent of after?.intents ?? []) {
      if (driven.has(intentTitle(intent))) continue;
      const file = intent.value.next === undefined ? undefined : nextFile(intent);
      if (file !== undefined && !paths.has(file)) coming.set(file, [...(coming.get(file) ?? []), intent]);
    }
  }
  return [
    ...inputs,
    ...[...coming].map(([path, intents]) => ({ ...editedInput(path, sides, folder, ridersOf), subjects: unique(intents.map(keySubject)) })),
  ].sort((a, b) => byCodePoint(a.path, b.path));
}

/** The file that has the last word on what comes next. */
function nextFile({ layers }: Intent): RepoPath | undefined {
  return layers.findLast(({ kind, value }) => kind === 'intent' && value.next !== undefined)?.file;
}

function editedInput(path: RepoPath, sides: readonly EnvironmentSides[], root: RepoPath, ridersOf: RidersOf): ChangedInput {
  const own = path.startsWith(`${root}/`) ? path.slice(root.length + 1).split('/') : [];
  const [folder] = own.length > 1 ? own : [];
  if (folder === undefined) return { path, holds: 'environment', environments: sides.map(({ name }) => name), subjects: [] };
  const readers = sides.filter(({ before, after }) => [before, after].some((side) => side?.environment.chain.includes(folder)));
  const held = readers.flatMap((side) => heldIntents(path, side));
  const changed = held.filter(({ isChanged }) => isChanged);
  const riders = readers.flatMap(({ before, after }) => [before, after].flatMap((side) => (side === undefined ? [] : [...ridersOf(side)])));
  const trains = new Map(riders.map(([title, train]) => [title, keySubject(train)]));
  const subjects = unique((changed.length > 0 ? changed : held).map(({ title, subject }) => trains.get(title) ?? subject));
  const holds = held.length > 0 ? 'intents' : /\.test\.ya?ml$/.test(path) ? 'beside' : 'environment';
  return { path, folder, holds, environments: readers.map(({ name }) => name), subjects };
}

function heldIntents(path: RepoPath, { before, after }: EnvironmentSides) {
  const [old, young] = [before, after].map((side) => new Map(side?.intents.map((intent) => [keySubject(intent), intent])));
  return unique([...(old?.keys() ?? []), ...(young?.keys() ?? [])]).flatMap((subject) => {
    const [was, is] = [old?.get(subject), young?.get(subject)];
    if (![was, is].some((intent) => intent?.layers.some(({ kind, file }) => kind === 'intent' && file === path))) return [];
    const title = [was, is].flatMap((intent) => (intent === undefined ? [] : intentTitle(intent)))[0] ?? '';
    return [{ title, subject, isChanged: !sameJson(was?.value, is?.value) }];
  });
}

function unique(words: readonly string[]): readonly string[] {
  return [...new Set(words)];
}

/** What becomes of environments as a whole; undefined where they stay. */
export function becomesOf(sides: readonly EnvironmentSides[]): 'new' | 'deleted' | undefined {
  if (sides.length === 0) return undefined;
  if (sides.every(({ after }) => after === undefined)) return 'deleted';
  return sides.every(({ before }) => before === undefined) ? 'new' : undefined;
}

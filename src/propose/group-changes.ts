import { byCodePoint } from '../model/names.ts';
import type { PullRequestKey } from '../model/pull-request.ts';
import type { RepoPath } from '../model/source.ts';
import { branchName, everyEnvironment } from './branch-name.ts';

/** An input that is edited, created or deleted, or whose intents say what is still to come. */
export interface ChangedInput {
  readonly path: RepoPath;
  /** The folder of an environment that it stands in; absent for templates and settings, which reach every environment. */
  readonly folder?: string;
  /** `intents` holds some, `environment` says what holds for the folder, `beside` is neither: a routing test. */
  readonly holds: 'intents' | 'environment' | 'beside';
  /** Those that read it: their own folder, or one that they extend. */
  readonly environments: readonly string[];
  /** What its documents are about, by subject; each as every environment that reads it has it. */
  readonly subjects: readonly string[];
}

/** What one pull request is about. */
export interface ChangeGroup {
  readonly key: PullRequestKey;
  readonly paths: readonly RepoPath[];
  readonly environments: readonly string[];
}

/** `chains`: of each environment, the folders that it is made of, in the order in which they are merged. */
export type Chains = ReadonlyMap<string, readonly string[]>;

/**
 * One group for each intent that is changed: by itself it can be reviewed, merged and undone by itself. What edits one intent in several
 * folders is one group, and so is a file with several intents, and all that meets a change of an environment's own settings. The key's
 * environment is the folder that is edited; of several the one that the others extend. Inputs that hold no intent go with the only group
 * that their folder has.
 */
export function groupChanges(inputs: readonly ChangedInput[], chains: Chains): readonly ChangeGroup[] {
  const said = inputs.filter(({ holds }) => holds !== 'beside');
  const groups = merged(said.map((input) => [input]));
  const beside = inputs.filter(({ holds }) => holds === 'beside');
  for (const input of beside) {
    const [only, ...others] = groups.filter((group) => group.some(({ folder }) => folder === input.folder));
    if (only !== undefined && others.length === 0) only.push(input);
    else groups.push([input]);
  }
  return byBranch(groups.map((group) => groupOf(group, chains)));
}

/** The same with all that reaches these environments as one group: what does not compile apart goes together. */
export function joinGroups(groups: readonly ChangeGroup[], environments: readonly string[], chains: Chains): readonly ChangeGroup[] {
  const meets = (group: ChangeGroup) => group.environments.some((name) => environments.includes(name));
  const together = groups.filter(meets);
  if (together.length < 2) return groups;
  const all = sorted(together.flatMap((group) => group.environments));
  const folders = together.map(({ key }) => key.environment);
  const joined: ChangeGroup = {
    key: { environment: folders.includes(everyEnvironment) ? everyEnvironment : lowestFolder(folders, all, chains) },
    paths: sorted(together.flatMap(({ paths }) => paths)),
    environments: all,
  };
  return byBranch([...groups.filter((group) => !meets(group)), joined]);
}

function merged(groups: readonly (readonly ChangedInput[])[]): ChangedInput[][] {
  const result: ChangedInput[][] = [];
  for (const group of groups) {
    const tied = result.filter((other) => other.some((one) => group.some((input) => areTied(one, input))));
    for (const other of tied) result.splice(result.indexOf(other), 1);
    result.push([...tied.flat(), ...group]);
  }
  return result;
}

function areTied(a: ChangedInput, b: ChangedInput): boolean {
  if (!a.environments.some((name) => b.environments.includes(name))) return false;
  return a.holds === 'environment' || b.holds === 'environment' || a.subjects.some((subject) => b.subjects.includes(subject));
}

function groupOf(inputs: readonly ChangedInput[], chains: Chains): ChangeGroup {
  const environments = sorted(inputs.flatMap((input) => input.environments));
  const folders = inputs.flatMap(({ folder }) => folder ?? []);
  const isEverywhere = folders.length < inputs.length;
  const environment = isEverywhere
    ? environments.length === 1
      ? (environments[0] ?? '')
      : everyEnvironment
    : lowestFolder(folders, environments, chains);
  const subjects = sorted(inputs.flatMap((input) => input.subjects));
  const isOfOne = subjects.length === 1 && !isEverywhere && inputs.every(({ holds }) => holds !== 'environment');
  const [subject] = isOfOne ? subjects : [];
  return {
    key: { environment, ...(subject === undefined ? {} : { subject }) },
    paths: sorted(inputs.map(({ path }) => path)),
    environments,
  };
}

/** The folder that the others extend, as far as one does. */
function lowestFolder(folders: readonly string[], environments: readonly string[], chains: Chains): string {
  const order = environments.flatMap((name) => chains.get(name) ?? []);
  const rank = (folder: string) => order.indexOf(folder);
  return sorted(folders).toSorted((a, b) => rank(a) - rank(b))[0] ?? '';
}

/** What has one branch is one group. */
function byBranch(groups: readonly ChangeGroup[]): readonly ChangeGroup[] {
  const known = new Map<string, ChangeGroup>();
  for (const group of groups) {
    const branch = branchName(group.key);
    const other = known.get(branch);
    const paths = sorted([...(other?.paths ?? []), ...group.paths]);
    known.set(branch, { ...group, paths, environments: sorted([...(other?.environments ?? []), ...group.environments]) });
  }
  return [...known].sort(([a], [b]) => byCodePoint(a, b)).map(([, group]) => group);
}

function sorted(words: readonly string[]): readonly string[] {
  return [...new Set(words)].sort(byCodePoint);
}

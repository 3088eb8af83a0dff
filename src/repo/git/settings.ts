import { type GitAnswer, runGit } from './run-git.ts';
import { settingsVariables, type Variables } from './variables.ts';

/** Where a setting was read: the machine, the person, or the repository and its worktree. */
export type Scope = 'system' | 'global' | 'local' | 'worktree';

export interface Setting {
  readonly scope: Scope;
  /** As git spells it: section and variable in lower case, what is between them as written. */
  readonly key: string;
  readonly value: string;
}

/** All settings that hold in a folder, in git's order: later ones win. */
export interface Settings {
  /** The last value of a key, whoever set it: for texts that run nothing. */
  readonly get: (key: string) => string | undefined;
  /** The last value that the person or the machine set: for whatever names a program. */
  readonly trusted: (key: string) => string | undefined;
  readonly all: readonly Setting[];
}

/** Reads the settings that hold in `folder`, whether it lies in a repository or not. Reading runs nothing that they say. */
export async function readSettings(
  folder: string,
  caller: Variables,
): Promise<{ readonly answer: GitAnswer; readonly settings: Settings }> {
  const answer = await runGit({
    folder,
    words: ['--no-pager', 'config', '--list', '--null', '--show-scope', '--includes'],
    variables: settingsVariables(caller),
    mostBytes: 16 * 1024 * 1024,
  });
  return { answer, settings: settingsFrom(answer.code === 0 ? answer.output.toString('utf8') : '') };
}

/** `scope NUL key LF value NUL`, one behind the other; a key without a value is true. */
function settingsFrom(list: string): Settings {
  const words = list.split('\0');
  const all: Setting[] = [];
  for (let i = 0; i + 1 < words.length; i += 2) {
    const scope = words[i];
    const [key = '', ...rest] = (words[i + 1] ?? '').split('\n');
    if (isScope(scope)) all.push({ scope, key, value: rest.length === 0 ? 'true' : rest.join('\n') });
  }
  const lastOf = (settings: readonly Setting[]) => {
    const last = new Map(settings.map(({ key, value }) => [key, value]));
    return (key: string) => last.get(key);
  };
  return { all, get: lastOf(all), trusted: lastOf(all.filter(({ scope }) => scope === 'system' || scope === 'global')) };
}

function isScope(word: string | undefined): word is Scope {
  return word === 'system' || word === 'global' || word === 'local' || word === 'worktree';
}

/** As git reads a boolean; undefined for what is none. */
export function booleanOf(value: string | undefined): boolean | undefined {
  const word = value?.toLowerCase();
  if (word === 'true' || word === 'yes' || word === 'on' || word === '1') return true;
  return word === 'false' || word === 'no' || word === 'off' || word === '0' || word === '' ? false : undefined;
}

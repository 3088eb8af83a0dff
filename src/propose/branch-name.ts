import { createHash } from 'node:crypto';
import type { PullRequestKey } from '../model/pull-request.ts';

export const branchPrefix = 'mainsheet/';

/** In a key: the change reaches every environment, because templates or settings are edited. */
export const everyEnvironment = '*';

/**
 * The branch of a key: `mainsheet/<environment>/<subject>`, or `mainsheet/<environment>/_environment` for a change of it as a whole; in a root below
 * the top of the repository `mainsheet/=<root>/<environment>/<subject>`.
 * Different keys have different branches, also where file systems ignore case; no branch stands where another needs a folder; and every name
 * passes `git check-ref-format`.
 */
export function branchName({ environment, subject, root }: PullRequestKey): string {
  // A slash at the beginning, as it is spelled: no environment begins so.
  const above = root === undefined ? '' : `${component(`/${root}`)}/`;
  const folder = environment === everyEnvironment ? '_all' : component(environment);
  return `${branchPrefix}${above}${folder}/${subject === undefined ? '_environment' : component(subject)}`;
}

const longest = 120;

/** What no name that is spelled here begins with: an underscore, but for a code between two. */
function component(name: string): string {
  const characters = [...name];
  const spelled = characters.map((character, i) => spelling(character, characters.slice(0, i), characters.slice(i + 1))).join('');
  if (spelled.length <= longest) return spelled;
  return `${spelled.slice(0, longest - 20)}_-${createHash('sha256').update(name).digest('hex').slice(0, 16)}`;
}

/** Lower-case letters, digits and inner hyphens are themselves, a dot where git allows it; all else is its number between underscores. */
function spelling(character: string, before: readonly string[], after: readonly string[]): string {
  if (/^[a-z0-9]$/.test(character)) return character;
  if (character === '-' && before.length > 0) return character;
  if (character === ' ') return '+';
  if (character === '/') return '=';
  const isPlainDot = character === '.' && before.length > 0 && before.at(-1) !== '.' && after.length > 0 && after.join('') !== 'lock';
  return isPlainDot ? character : `_${(character.codePointAt(0) ?? 0).toString(16)}_`;
}

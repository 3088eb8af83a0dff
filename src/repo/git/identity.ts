import { diagnose } from '../../model/diagnostic.ts';
import { type Result, success } from '../../model/result.ts';
import { authorKnown } from './diagnostics.ts';
import { showName } from './names.ts';
import type { GitRepository } from './repository.ts';

export interface Person {
  readonly name: string;
  readonly email: string;
}

/** Whose a commit is: who wrote it and who made it. */
export interface Identities {
  readonly author: Person;
  readonly committer: Person;
}

/**
 * Who commits, as git itself decides: GIT_AUTHOR_NAME and its like, then `author.*` and `committer.*`, then `user.*` of the settings, those
 * of the repository included: a name runs nothing. A job of CI mostly has none of these: there Mainsheet commits in its own name. `author` is what a flag says, 'Name <address>'; it stands for the author alone.
 */
export function identitiesOf(repository: Pick<GitRepository, 'settings' | 'caller'>, author?: string): Result<Identities> {
  const given = author === undefined ? undefined : personFrom(author);
  if (author !== undefined && given === undefined) return unknown(authorFault(author) ?? '');
  const made = given ?? personOf(repository, 'author');
  const committer = personOf(repository, 'committer');
  if (made === undefined || committer === undefined) return unknown('neither flags nor git’s settings have a name and an address');
  for (const { name, email } of [made, committer])
    if (!isWritable(name) || !isWritable(email)) return unknown(`"${showName(`${name} <${email}>`)}" has characters that git leaves out`);
  return success({ author: made, committer });
}

function personOf({ settings, caller }: Pick<GitRepository, 'settings' | 'caller'>, role: 'author' | 'committer'): Person | undefined {
  const word = role.toUpperCase();
  const name = caller[`GIT_${word}_NAME`] ?? settings.get(`${role}.name`) ?? settings.get('user.name');
  const email = caller[`GIT_${word}_EMAIL`] ?? settings.get(`${role}.email`) ?? settings.get('user.email') ?? caller.EMAIL;
  if (name === undefined && email === undefined && isJob(caller)) return robot;
  return name === undefined || email === undefined || name.trim() === '' ? undefined : { name: name.trim(), email: email.trim() };
}

/** No mailbox: that name ends nowhere, and belongs to no account of a forge. */
const robot: Person = { name: 'Mainsheet', email: 'mainsheet@bot.invalid' };

/** As GitHub, GitLab, Gitea and most others say of themselves. */
function isJob({ CI }: GitRepository['caller']): boolean {
  return CI !== undefined && !['', '0', 'false'].includes(CI.toLowerCase());
}

/** 'Jason <jason@example.com>' */
function personFrom(text: string): Person | undefined {
  const [, name, email] = /^\s*([^<>]*[^<>\s])\s*<([^<>\s]+)>\s*$/.exec(text) ?? [];
  return name === undefined || email === undefined ? undefined : { name, email };
}

/** Why a text names nobody that a commit could have as its author; undefined where it does. */
export function authorFault(text: string): string | undefined {
  const person = personFrom(text);
  if (person === undefined) return `"${showName(text)}" is not of the form "Name <address>"`;
  return isWritable(person.name) && isWritable(person.email) ? undefined : `"${showName(text)}" has characters that git leaves out`;
}

/** Git drops these without a word, and a name that changes on the way is no name to tell people apart by. */
function isWritable(text: string): boolean {
  return !/[<>\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(text);
}

function unknown(what: string): Result<Identities> {
  return { value: undefined, diagnostics: [diagnose(authorKnown, { params: { what } })] };
}

import { forgeFault } from './forge-fault.ts';

/** Reading what a forge answered: each call says what it needs, and an answer without it is a fault named 'unreadable'. */

/** An object of an answer. Clients' types are what forges promise; these are read as what was sent. */
export type Answer = Readonly<Record<string, unknown>>;

function unreadable(what: string): Error {
  return forgeFault('unreadable', `the forge's answer is not what its API promises: ${what}`);
}

function isAnswer(value: unknown): value is Answer {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objectIn(value: unknown, what: string): Answer {
  if (!isAnswer(value)) throw unreadable(`${what} is no object`);
  return value;
}

export function listIn(value: unknown, what: string): readonly Answer[] {
  if (!Array.isArray(value)) throw unreadable(`${what} is no list`);
  return value.map((item) => objectIn(item, `an item of ${what}`));
}

export function member(of: Answer, key: string): Answer {
  return objectIn(of[key], key);
}

/** The object, or undefined for absent and null. */
export function optionalMember(of: Answer, key: string): Answer | undefined {
  return of[key] === undefined || of[key] === null ? undefined : member(of, key);
}

export function text(of: Answer, key: string): string {
  const value = of[key];
  if (typeof value !== 'string') throw unreadable(`${key} is no text`);
  return value;
}

/** Absent and null are the empty text. */
export function optionalText(of: Answer, key: string): string {
  return of[key] === undefined || of[key] === null ? '' : text(of, key);
}

export function flag(of: Answer, key: string): boolean {
  const value = of[key] ?? false;
  if (typeof value !== 'boolean') throw unreadable(`${key} is neither true nor false`);
  return value;
}

/** A number that JSON keeps exactly. */
export function wholeNumber(of: Answer, key: string): number {
  const value = of[key];
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw unreadable(`${key} is no whole number`);
  return value;
}

/** Seconds since 1970, never sooner than it was; undefined where none of these is a time. The first that is one counts. */
export function optionalTime(of: Answer, ...keys: readonly string[]): number | undefined {
  return keys.map((key) => Math.ceil(Date.parse(optionalText(of, key)) / 1000)).find(Number.isSafeInteger);
}

/** SHA-1 or SHA-256. */
export function commitIn(of: Answer, key: string): string {
  const value = text(of, key);
  if (!/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(value)) throw unreadable(`${key} is no commit`);
  return value;
}

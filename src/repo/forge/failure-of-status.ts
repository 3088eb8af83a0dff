import type { ForgeFailure } from '../../model/forge.ts';
import { isList, isObject, type Json } from '../../model/json.ts';
import { forgeFault } from './forge-fault.ts';
import { plainLine } from './plain-line.ts';

/** A refusal by its status, and whether the forge thereby says that it did nothing. */
export function failureOfStatus(status: number, headers: Headers, body: string): { readonly failure: Error; readonly isUndone: boolean } {
  const words = wordsIn(body);
  const isLimited = status === 429 || (status === 403 && isRateLimit(headers, words));
  const kind = isLimited ? 'limited' : kindOf(status, words);
  return {
    failure: forgeFault(kind, `${opening[kind]} (${status})${words === '' ? '' : `: ${words}`}`, wantedScope(status, headers)),
    isUndone: isLimited,
  };
}

function kindOf(status: number, words: string): ForgeFailure['kind'] {
  if (status === 401) return 'unauthorized';
  if (status === 403) return 'forbidden';
  if (status === 404 || status === 410) return 'absent';
  if (status === 409) return 'conflict';
  if (status === 405 || status === 406) return 'conflict';
  if (status === 422 || status === 400) return /already exists|no commits between|nothing to merge/i.test(words) ? 'conflict' : 'invalid';
  if (status >= 500) return 'unavailable';
  return status >= 300 && status < 400 ? 'unreadable' : 'invalid';
}

const opening: Readonly<Record<ForgeFailure['kind'], string>> = {
  unauthorized: 'the forge does not know the token',
  forbidden: 'the forge does not allow it',
  absent: 'the forge finds no such thing',
  conflict: 'the forge refuses it as things stand',
  invalid: 'the forge refuses what was sent',
  limited: 'the forge asks to wait longer than this run may',
  unavailable: 'the forge failed',
  unreadable: 'the forge points elsewhere',
};

/** GitHub says which permission, or for older tokens which scope, the request would have taken. */
function wantedScope(status: number, headers: Headers): string | undefined {
  const scope =
    status === 403 || status === 404 ? headers.get('x-accepted-github-permissions') || headers.get('x-accepted-oauth-scopes') : '';
  return scope ? `For this the token needs: ${plainLine(scope)}` : undefined;
}

/** GitHub's primary limit (nothing remains) and its secondary one (only words, or Retry-After). */
function isRateLimit(headers: Headers, words: string): boolean {
  return headers.get('x-ratelimit-remaining') === '0' || headers.has('retry-after') || /rate limit/i.test(words);
}

/** What the three forges say of themselves: message, error, and lists of errors. A page of HTML says nothing. */
function wordsIn(body: string): string {
  try {
    return sentences(JSON.parse(body), 0).join('; ');
  } catch {
    return '';
  }
}

function sentences(value: Json, depth: number): readonly string[] {
  if (typeof value === 'string') return [value];
  if (depth > 3) return [];
  if (isList(value)) return value.slice(0, 5).flatMap((item) => sentences(item, depth + 1));
  if (!isObject(value)) return [];
  return ['message', 'error', 'errors', 'base'].flatMap((key) => sentences(value[key] ?? null, depth + 1));
}

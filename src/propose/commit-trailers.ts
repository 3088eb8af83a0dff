import { diagnose } from '../model/diagnostic.ts';
import type { PullRequestTrailer } from '../model/pull-request.ts';
import { type Result, success } from '../model/result.ts';
import { olderTool } from './diagnostics.ts';

const known = 1;

/** The lines by which a commit is known again: the last paragraph of its message, as git's own trailers are. */
export function printTrailers({ schema, key, digest, base, tool, step }: PullRequestTrailer): readonly string[] {
  const lines: readonly (readonly [string, string | undefined])[] = [
    ['Schema', String(schema)],
    ['Environment', key.environment],
    ['Subject', key.subject],
    ['Step', step],
    ['Digest', digest],
    ['Base', base],
    ['Tool', tool],
  ];
  return lines.flatMap(([name, value]) => (value === undefined ? [] : [`Mainsheet-${name}: ${encoded(value)}`]));
}

/**
 * What the message of a commit says of it; undefined where it says nothing, says anything twice, or not all that there is to say. Only the
 * last paragraph is read: whatever stands above is for people. Refused where a newer Mainsheet wrote it.
 */
export function parseTrailers(message: string): Result<PullRequestTrailer | undefined> {
  const words = new Map<string, string>();
  for (const line of lastParagraph(message)) {
    const [, name, value] = /^Mainsheet-([A-Za-z-]+): ?(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) continue;
    if (words.has(name)) return success(undefined);
    words.set(name, decoded(value.trim()));
  }
  const schema = words.get('Schema');
  if (schema === undefined) return success(undefined);
  if (/^\d+$/.test(schema) && Number(schema) > known)
    return { value: undefined, diagnostics: [diagnose(olderTool, { params: { schema, known } })] };
  const [environment, digest, base, tool] = ['Environment', 'Digest', 'Base', 'Tool'].map((name) => words.get(name));
  if (schema !== String(known) || environment === undefined || digest === undefined || base === undefined || tool === undefined)
    return success(undefined);
  const [subject, step] = ['Subject', 'Step'].map((name) => words.get(name));
  return success({
    schema: known,
    key: { environment, ...(subject === undefined ? {} : { subject }) },
    digest,
    base,
    tool,
    ...(step === undefined ? {} : { step }),
  });
}

function lastParagraph(message: string): readonly string[] {
  const lines = message.replaceAll('\r\n', '\n').trimEnd().split('\n');
  return lines.slice(lines.findLastIndex((line) => line.trim() === '') + 1);
}

/** One line of visible ASCII: all else, and an empty value, as percent escapes. */
function encoded(value: string): string {
  if (value === '') return '%';
  return [...value]
    .map((character, i, all) => (isPlain(character, i === 0 || i === all.length - 1) ? character : escaped(character)))
    .join('');
}

function isPlain(character: string, isAtEnd: boolean): boolean {
  return /^[!-$&-~]$/.test(character) || (character === ' ' && !isAtEnd);
}

/** UTF-16 units, so that every text comes back. */
function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, i) => `%${character.charCodeAt(i).toString(16).padStart(4, '0')}`).join('');
}

function decoded(value: string): string {
  if (value === '%') return '';
  return value.replace(/%([0-9a-f]{4})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

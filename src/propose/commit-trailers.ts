import { diagnose } from '../model/diagnostic.ts';
import type { PullRequestTrailer } from '../model/pull-request.ts';
import { type Result, success } from '../model/result.ts';
import { knownTrailerSchema } from './diagnostics.ts';

const known = 1;
const prefix = 'Mainsheet-';

/** The lines by which a commit with this tree is known again: the last paragraph of its message, as git's own trailers are. */
export function printTrailers(
  { schema, key, digest, base, tool, step, gates = [], isDirect = false }: PullRequestTrailer,
  tree: string,
): readonly string[] {
  const lines: readonly (readonly [string, string | undefined])[] = [
    ['Schema', String(schema)],
    ['Environment', key.environment],
    ['Subject', key.subject],
    ['Root', key.root],
    ['Step', step],
    ['Digest', digest],
    ['Base', base],
    ['Tool', tool],
    ['Direct', isDirect ? 'yes' : undefined],
    ['Tree', tree],
    ...gates.map((line, i) => [`Gate-${i + 1}`, line] as const),
  ];
  return lines.flatMap(([name, value]) => (value === undefined ? [] : [`${prefix}${name}: ${encoded(value)}`]));
}

/** Trailers of a commit as git reads them: name and value, in order. */
export type GitTrailers = readonly (readonly [name: string, value: string])[];

export interface ReadTrailers {
  readonly trailer: PullRequestTrailer;
  /** The files that the commit was made with, as git names a tree: another one shows that somebody amended it. */
  readonly tree: string;
}

/**
 * What the trailers of a commit say of it; undefined where they say nothing, say anything twice, or not all that there is to say. Refused
 * where a newer Mainsheet wrote them.
 */
export function parseTrailers(trailers: GitTrailers): Result<ReadTrailers | undefined> {
  const words = new Map<string, string>();
  for (const [key, value] of trailers) {
    if (!key.startsWith(prefix)) continue;
    if (words.has(key)) return success(undefined);
    words.set(key, decoded(value.trim()));
  }
  const said = (name: string) => words.get(`${prefix}${name}`);
  const [schema, environment, digest, base, tool, tree] = [
    said('Schema'),
    said('Environment'),
    said('Digest'),
    said('Base'),
    said('Tool'),
    said('Tree'),
  ];
  if (schema === undefined) return success(undefined);
  if (/^\d+$/.test(schema) && Number(schema) > known)
    return { value: undefined, diagnostics: [diagnose(knownTrailerSchema, { params: { schema, known } })] };
  const isWhole = schema === String(known) && environment !== undefined && digest !== undefined;
  if (!isWhole || base === undefined || tool === undefined || tree === undefined) return success(undefined);
  const [subject, root, step] = [said('Subject'), said('Root'), said('Step')];
  const gates = [...words].flatMap(([name, line]) => (name.startsWith(`${prefix}Gate-`) ? [line] : []));
  const trailer: PullRequestTrailer = {
    schema: known,
    key: { environment, ...(subject === undefined ? {} : { subject }), ...(root === undefined ? {} : { root }) },
    digest,
    base,
    tool,
    ...(step === undefined ? {} : { step }),
    ...(gates.length === 0 ? {} : { gates }),
    ...(said('Direct') === 'yes' ? { isDirect: true } : {}),
  };
  return success({ trailer, tree });
}

/** Why trailers of ours are no record: what stands twice, or what is missing; undefined where none is ours. */
export function trailersFault(trailers: GitTrailers): string | undefined {
  const names = trailers.flatMap(([name]) => (name.startsWith(prefix) ? [name] : []));
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) return `its trailer ${twice} stands there twice`;
  const missing = ['Schema', 'Environment', 'Digest', 'Base', 'Tool', 'Tree'].find((word) => !names.includes(`${prefix}${word}`));
  return names.length === 0 || missing === undefined ? undefined : `its trailer ${prefix}${missing} is missing`;
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

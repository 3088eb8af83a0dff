import type { Diagnostic } from '../model/diagnostic.ts';
import type { JsonObject } from '../model/json.ts';
import { isSpan, type RepoPath } from '../model/source.ts';
import { composeDocuments, parseTokens } from './compose-documents.ts';
import type { ParsedDocument } from './parse.ts';
import { readPlainYaml } from './plain-yaml.ts';
import { type IsStrict, readManifest } from './read-manifest.ts';
import { splitDocuments } from './split-documents.ts';

/** A document, or an item of a List in it, that cannot be read. */
export interface UnreadDocument {
  /** The text of the document, half-open, in UTF-16 code units of the file. */
  readonly start: number;
  readonly end: number;
  readonly diagnostics: readonly Diagnostic[];
}

export interface ParsedManifests {
  /** What can be read. Where an item of a List cannot, null stands in its place. */
  readonly documents: readonly ParsedDocument[];
  readonly unread: readonly UnreadDocument[];
}

/**
 * Reads a stream of Kubernetes manifests that anyone or anything wrote, each document by itself: what is wrong with one hides no other.
 * Objects that are `isStrict` are read as strictly as intents are: what two readers of YAML could understand differently is an error.
 * Of the others only what is no YAML at all is one; they are read as Kubernetes reads them.
 */
export function parseManifests(file: RepoPath, text: string, isStrict: IsStrict): ParsedManifests {
  const documents: ParsedDocument[] = [];
  const unread: UnreadDocument[] = [];
  let count = 0;
  for (const { start, end } of splitDocuments(text) ?? [{ start: 0, end: text.length }]) {
    for (const one of readStretch(file, text.slice(start, end), isStrict)) {
      if (one.value !== undefined) documents.push({ file, index: count, value: one.value });
      if (one.diagnostics.length > 0)
        unread.push({ start: one.start + start, end: one.end + start, diagnostics: one.diagnostics.map((found) => moved(found, start)) });
      count += 1;
    }
  }
  return { documents, unread };
}

interface StretchDocument extends UnreadDocument {
  /** undefined where it can't be read or is no map. */
  readonly value: JsonObject | undefined;
}

function readStretch(file: RepoPath, stretch: string, isStrict: IsStrict): readonly StretchDocument[] {
  const all = { start: 0, end: stretch.length, diagnostics: [] };
  const plain = readPlainYaml(stretch.endsWith('\n') ? stretch : `${stretch}\n`);
  if (plain !== undefined) return plain.map((value) => ({ ...all, value }));
  const tokens = parseTokens(stretch);
  const composed = composeDocuments(tokens, stretch.length);
  return composed.map((document, i) => {
    // Directives stand before the document that they hold for.
    const start = composed[i - 1]?.range[2] ?? 0;
    const end = i === composed.length - 1 ? stretch.length : document.range[2];
    const own = tokens.filter(({ offset }) => offset >= start && (offset < end || end === stretch.length));
    return { start, end, ...readManifest({ file, text: stretch, tokens: own, document, end }, isStrict) };
  });
}

function moved(diagnostic: Diagnostic, by: number): Diagnostic {
  const shift = <P extends NonNullable<Diagnostic['at']>>(place: P): P =>
    isSpan(place) ? { ...place, start: place.start + by, end: place.end + by } : place;
  const { at, related } = diagnostic;
  return {
    ...diagnostic,
    related: related.map((other) => ({ ...other, at: shift(other.at) })),
    ...(at === undefined ? {} : { at: shift(at) }),
  };
}

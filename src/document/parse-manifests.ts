import { isMap, isScalar, parseDocument } from 'yaml';
import type { Diagnostic } from '../model/diagnostic.ts';
import { isObject, type JsonObject } from '../model/json.ts';
import { type Result, result } from '../model/result.ts';
import { isSpan, type RepoPath } from '../model/source.ts';
import { composeDocuments, parseTokens, type YamlDocument } from './compose-documents.ts';
import { type ParsedDocument, parseFully, syntaxFault } from './parse.ts';
import { readPlainYaml } from './plain-yaml.ts';
import { splitDocuments } from './split-documents.ts';

/** Bytes of one stream. */
const streamLimit = 64 * 1024 * 1024;

/**
 * Reads a stream of Kubernetes manifests that anyone or anything wrote. Documents that `isOurs` (by apiVersion) are read as strictly as
 * intents are: what two readers of YAML could understand differently is an error. Of the others only what is no YAML at all is one;
 * they are read as Kubernetes reads them.
 */
export function parseManifests(file: RepoPath, text: string, isOurs: (apiVersion: string) => boolean): Result<readonly ParsedDocument[]> {
  const stretches = splitDocuments(text) ?? [{ start: 0, end: text.length }];
  const documents: ParsedDocument[] = [];
  const diagnostics: Diagnostic[] = [];
  let count = 0;
  for (const { start, end } of stretches) {
    const stretch = text.slice(start, end);
    const plain = readPlainYaml(stretch.endsWith('\n') ? stretch : `${stretch}\n`);
    const read = plain === undefined ? readStretch(file, stretch, isOurs) : { values: plain, diagnostics: [] };
    read.values.forEach((value, i) => {
      if (value !== undefined) documents.push({ file, index: count + i, value });
    });
    count += read.values.length;
    diagnostics.push(...read.diagnostics.map((one) => moved(one, start)));
  }
  return result(documents, diagnostics);
}

interface StretchRead {
  /** One for each document; undefined where it can't be read or is no map. */
  readonly values: readonly (JsonObject | undefined)[];
  readonly diagnostics: readonly Diagnostic[];
}

function readStretch(file: RepoPath, stretch: string, isOurs: (apiVersion: string) => boolean): StretchRead {
  const tokens = parseTokens(stretch);
  const composed = composeDocuments(tokens, stretch.length);
  if (composed.some((document) => needsCare(document, isOurs))) {
    const strict = parseFully(file, stretch, streamLimit);
    const values = composed.map((_, index) => strict.value?.find((one) => one.index === index)?.value);
    return { values, diagnostics: strict.diagnostics };
  }
  const diagnostics = composed.flatMap((document) => syntaxFault(file, stretch, tokens, document) ?? []);
  return { values: composed.map((document) => loosely(stretch, document)), diagnostics };
}

/** A List may hold anything. */
function needsCare({ contents }: YamlDocument, isOurs: (apiVersion: string) => boolean): boolean {
  if (!isMap(contents)) return false;
  const [apiVersion, kind] = ['apiVersion', 'kind'].map((key) => textAt(contents.get(key, true)));
  return kind === 'List' || isOurs(apiVersion ?? '');
}

function textAt(node: unknown): string {
  return isScalar(node) ? String(node.value) : '';
}

/** As YAML 1.1 with merge keys and anchors, like Kubernetes' own reader; what even that can't read is nobody's object. */
function loosely(stretch: string, document: YamlDocument): JsonObject | undefined {
  const [from, , to] = document.range;
  try {
    const read = parseDocument(stretch.slice(from, to), { version: '1.1', uniqueKeys: false, logLevel: 'silent' });
    const value: unknown = read.errors.length === 0 ? JSON.parse(JSON.stringify(read.toJS())) : undefined;
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && isObject(value as JsonObject);
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

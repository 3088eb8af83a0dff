import { type CST, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import { isList, isObject, type Json, type JsonObject } from '../model/json.ts';
import { isSpan, type RepoPath } from '../model/source.ts';
import { checkText } from './check-text.ts';
import { checkTokens } from './check-tokens.ts';
import { composedLevels, type YamlDocument } from './compose-documents.ts';
import { firstBeyond } from './nesting.ts';
import { syntaxFault } from './parse.ts';
import { readValue } from './read-value.ts';
import type { Reading, ReadingRules } from './reading.ts';
import { nestingWithinLimit } from './yaml-diagnostics.ts';

/** Whether objects of a kind are read strictly. */
export type IsStrict = (apiVersion: string, kind: string) => boolean;

/** One document of a stream, and the tokens from the end of the one before it to its own. */
export interface ManifestText {
  readonly file: RepoPath;
  /** What the places of tokens and document count in. */
  readonly text: string;
  readonly tokens: readonly CST.Token[];
  readonly document: YamlDocument;
  readonly end: number;
}

export interface ManifestRead {
  readonly value: JsonObject | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Istio takes bodies of 1 MiB, and annotations of other tools hold whole objects. */
const manifestRules: ReadingRules = { textLimit: 1024 * 1024, merges: true };

/** Bytes of one stream: what is longer is not read from disk. */
const textLimit = 256 * 1024 * 1024;

export function readManifest(text: ManifestText, isStrict: IsStrict): ManifestRead {
  const broken = tooDeep(text) ?? syntaxFault(text.file, text.text, text.tokens, text.document);
  if (broken !== undefined) return { value: undefined, diagnostics: [broken] };
  const { contents } = text.document;
  const root = namesOf(contents);
  if (isStrict(root.apiVersion, root.kind)) return strictly(text);
  const value = loosely(text);
  if (value !== undefined && exceeds(value, composedLevels))
    return { value: undefined, diagnostics: [nestedAt(text, text.document.range[0])] };
  const items = isMap(contents) && root.kind.endsWith('List') ? contents.get('items', true) : undefined;
  if (value === undefined || !isSeq(items)) return { value, diagnostics: [] };
  const strict = items.items.map((item) => {
    const { apiVersion, kind } = namesOf(item);
    return isStrict(apiVersion || root.apiVersion, kind || root.kind.slice(0, -'List'.length));
  });
  return strict.some(Boolean) ? withStrictItems(text, value, items.items, strict) : { value, diagnostics: [] };
}

function namesOf(node: unknown): { readonly apiVersion: string; readonly kind: string } {
  if (!isMap(node)) return { apiVersion: '', kind: '' };
  return { apiVersion: textOf(node.get('apiVersion', true)), kind: textOf(node.get('kind', true)) };
}

function textOf(node: unknown): string {
  return isScalar(node) ? String(node.value) : '';
}

function tooDeep(text: ManifestText): Diagnostic | undefined {
  for (const token of text.tokens) {
    const deep = token.type === 'document' ? firstBeyond(token.value, composedLevels) : undefined;
    if (deep !== undefined) return nestedAt(text, deep.offset);
  }
  return undefined;
}

function nestedAt({ file }: ManifestText, offset: number): Diagnostic {
  return diagnose(nestingWithinLimit, { params: { limit: composedLevels }, at: { file, start: offset, end: offset + 1 } });
}

/** Aliases can nest what is flat in the text. Recursion ends at the limit. */
function exceeds(value: Json, levels: number): boolean {
  if (!isList(value) && !isObject(value)) return false;
  return levels === 0 || (isList(value) ? value : Object.values(value)).some((item) => exceeds(item, levels - 1));
}

function strictly(text: ManifestText): ManifestRead {
  const { document, end } = text;
  const before = refused(text, 0, end);
  if (before.length > 0) return { value: undefined, diagnostics: before };
  const reading = startReading(text);
  const value = readValue(reading, document.contents, 1);
  return { value: reading.findings.length === 0 && isObject(value) ? value : undefined, diagnostics: reading.findings };
}

function startReading({ file }: ManifestText): Reading {
  return { file, rules: manifestRules, findings: [], anchors: new Map(), repeated: 0 };
}

/** What may not even be mentioned in a stretch of the text. */
function refused({ file, text, tokens, document }: ManifestText, from: number, to: number): readonly Diagnostic[] {
  const start = Math.max(from, Math.min(document.range[0], tokens[0]?.offset ?? document.range[0]));
  const inText = checkText(file, text.slice(start, to), textLimit).map((found) => {
    const { at } = found;
    return at !== undefined && isSpan(at) ? { ...found, at: { ...at, start: at.start + start, end: at.end + start } } : found;
  });
  if (inText.length > 0) return inText;
  return checkTokens(file, tokens).filter(({ at }) => at !== undefined && isSpan(at) && at.start >= start && at.start < to);
}

/** A List may hold anything: each item is read as its kind is. Anchors of one may be repeated in the next, so all are walked in order. */
function withStrictItems(text: ManifestText, value: JsonObject, nodes: readonly unknown[], strict: readonly boolean[]): ManifestRead {
  const reading = startReading(text);
  const diagnostics: Diagnostic[] = [];
  const loose = isList(value.items) ? value.items : [];
  const items = nodes.map((node, i): Json => {
    const range = isMap(node) ? node.range : undefined;
    const item = readValue(reading, node, 1);
    const found = reading.findings.splice(0);
    if (strict[i] !== true || !range) return loose[i] ?? null;
    const all = [...refused(text, range[0], range[1]), ...found];
    diagnostics.push(...all);
    return all.length === 0 ? item : null;
  });
  return { value: { ...value, items }, diagnostics };
}

/** As YAML 1.1 with merge keys, tags and anchors, like Kubernetes' own reader; what even that can't read is nobody's object. */
function loosely({ text, tokens, document }: ManifestText): JsonObject | undefined {
  const [from, , to] = document.range;
  const start = tokens.find(({ type }) => type === 'directive')?.offset ?? from;
  try {
    const read = parseDocument(text.slice(Math.min(start, from), to), {
      version: '1.1',
      uniqueKeys: false,
      logLevel: 'silent',
      customTags: (tags) => tags.filter((tag) => typeof tag === 'string' || tag.tag !== 'tag:yaml.org,2002:binary'),
    });
    const isYaml = read.errors.every(({ code }) => code === 'TAG_RESOLVE_FAILED');
    const value: Json | undefined = isYaml ? JSON.parse(JSON.stringify(read.toJS())) : undefined;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

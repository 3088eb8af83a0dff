import { isAlias, isMap, isScalar, isSeq, type Pair } from 'yaml';
import { type Pointer, pointerSegments } from '../model/pointer.ts';
import { type FileTree, isSpan, type Place, type RepoPath, type Span } from '../model/source.ts';
import { composeDocuments, parseTokens, type YamlDocument } from './compose-documents.ts';
import type { Ranged } from './reading.ts';
import { splitDocuments } from './split-documents.ts';

export type Locator = (place: Place) => Span | undefined;

/**
 * Finds the text of Addresses. A file is parsed again when the first of its Addresses is asked for, and kept for the next ones:
 * make a locator for one report, then let it go. What the file does not say is shown at the nearest place above it that it does say;
 * undefined only where the file or its document is missing. Spans pass through.
 */
export function createLocator(tree: FileTree): Locator {
  const cache = new Map<RepoPath, DocumentReader>();
  return (place) => {
    if (isSpan(place)) return place;
    const text = tree.get(place.file);
    if (text === undefined) return undefined;
    const read = cache.get(place.file) ?? documentReader(text);
    cache.set(place.file, read);
    const found = read(place.document);
    if (found === undefined) return undefined;
    const { start, end } = spanIn(place.file, found.text, find(found.document, place.pointer, place.part ?? 'value'));
    return { file: place.file, start: start + found.offset, end: end + found.offset };
  };
}

interface FoundDocument {
  readonly document: YamlDocument;
  /** What the document's places count from, and where that begins in the file. */
  readonly text: string;
  readonly offset: number;
}

type DocumentReader = (index: number) => FoundDocument | undefined;

/** Of a stream only the documents that are asked for are parsed. */
function documentReader(text: string): DocumentReader {
  const stretches = splitDocuments(text);
  const known = new Map<number, FoundDocument | undefined>();
  let all: readonly YamlDocument[] | undefined;
  return (index) => {
    const stretch = stretches?.[index];
    if (stretches === undefined) {
      all ??= composeDocuments(parseTokens(text), text.length);
      const document = all[index];
      return document === undefined ? undefined : { document, text, offset: 0 };
    }
    if (stretch === undefined || known.has(index)) return known.get(index);
    const part = text.slice(stretch.start, stretch.end);
    const [document] = composeDocuments(parseTokens(part), part.length);
    const found = document === undefined ? undefined : { document, text: part, offset: stretch.start };
    known.set(index, found);
    return found;
  };
}

/** Where the search stands: a node, and the key or list that leads to it. */
interface Found {
  readonly node: unknown;
  readonly key?: unknown;
}

function find(document: YamlDocument, pointer: Pointer, part: 'key' | 'value'): Ranged {
  let found: Found = { node: document.contents };
  for (const segment of pointerSegments(pointer)) {
    const next = step(document, found.node, segment);
    if (next === undefined) return nearest(found) ?? document;
    found = next;
  }
  if (part === 'key') return headOf(found) ?? document;
  return visible(found.node) ?? visible(found.key) ?? document;
}

function step(document: YamlDocument, from: unknown, segment: string): Found | undefined {
  const node = isAlias(from) ? from.resolve(document) : from;
  if (isMap(node)) {
    const pair = node.items.find((item: Pair) => isScalar(item.key) && item.key.source === segment);
    return pair === undefined ? mergedStep(document, node.items, segment) : { node: pair.value, key: pair.key };
  }
  if (!isSeq(node) || !/^(?:0|[1-9]\d*)$/.test(segment) || Number(segment) >= node.items.length) return undefined;
  return { node: node.items[Number(segment)] };
}

/** A key that a map has by its merge key `<<`, where that was followed. */
function mergedStep(document: YamlDocument, items: readonly Pair[], segment: string): Found | undefined {
  const merge = items.find(({ key }) => isScalar(key) && key.type === 'PLAIN' && key.source === '<<')?.value;
  const from = isAlias(merge) ? merge.resolve(document) : merge;
  for (const map of isSeq(from) ? from.items : [from]) {
    const target = isAlias(map) ? map.resolve(document) : map;
    const pair = isMap(target) ? target.items.find(({ key }: Pair) => isScalar(key) && key.source === segment) : undefined;
    if (pair !== undefined) return { node: pair.value, key: pair.key };
  }
  return undefined;
}

/** What stands for a place that nobody wrote: a scalar where something deeper was looked for, else the head of the map or list. */
function nearest(found: Found): Ranged | undefined {
  return isMap(found.node) || isSeq(found.node) ? headOf(found) : (visible(found.node) ?? visible(found.key));
}

/** The words that introduce a value: its key, or, in a list and at the root, its own first words. */
function headOf({ node, key }: Found): Ranged | undefined {
  if (!isMap(node) && !isSeq(node)) return visible(key) ?? visible(node);
  const first = isMap(node) ? node.items[0]?.key : node.items[0];
  return visible(key) ?? (isMap(first) ? visible(first.items[0]?.key) : visible(first)) ?? visible(node);
}

function visible(node: unknown): Ranged | undefined {
  const ranged = isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node : undefined;
  return ranged?.range && ranged.range[1] > ranged.range[0] ? ranged : undefined;
}

/** The text of a node without the blank space and line end that follow it. */
function spanIn(file: RepoPath, text: string, { range }: Ranged): Span {
  const start = range?.[0] ?? 0;
  const end = range?.[1] ?? start;
  return { file, start, end: start + text.slice(start, end).trimEnd().length };
}

import { type CST, isMap, isScalar, isSeq, type Pair, type ParsedNode } from 'yaml';
import type { Json } from '../model/json.ts';
import { joinPointer, type Pointer } from '../model/pointer.ts';
import { lineStarts, positionIn } from '../model/position.ts';
import { composeDocuments, parseTokens } from './compose-documents.ts';
import { excerpt } from './excerpt.ts';
import { plainValue } from './plain-scalar.ts';

/** A place of a drawn document: the line, from 1, that its key or list item stands on. */
export interface SkeletonPlace {
  readonly pointer: Pointer;
  readonly line: number;
  /** An unquoted scalar: only such a one can stand for something other than text. */
  readonly plain: boolean;
}

/** What keeps a drawn text from being one plain document, in words that quote none of it but its own keys. */
export interface SkeletonFault {
  readonly line: number;
  readonly problem: string;
}

/** `value` is meaningless when there are faults. Places stand in the order of the text, the root first. */
export interface ParsedSkeleton {
  readonly value: Json;
  readonly places: readonly SkeletonPlace[];
  readonly faults: readonly SkeletonFault[];
}

interface Walk {
  readonly lineOf: (offset: number) => number;
  readonly places: SkeletonPlace[];
  readonly faults: SkeletonFault[];
}

/** Levels of maps and lists; composing recurses, so they are counted before. */
const nestingLimit = 64;

/**
 * Reads what a template drew: one YAML 1.2 document of maps with text keys, lists and scalars. Directives, tags, anchors, aliases,
 * merge keys, repeated and prototype keys, several documents and scalars that YAML 1.1 reads otherwise are faults.
 */
export function parseSkeleton(text: string): ParsedSkeleton {
  const starts = lineStarts(text);
  const walk: Walk = { lineOf: (offset) => positionIn(text, starts, offset).line, places: [], faults: [] };
  const tokens = parseTokens(text);
  for (const token of tokens) checkToken(walk, token, 0);
  if (walk.faults.length > 0) return { ...walk, value: null };
  const [document, second] = composeDocuments(tokens, text.length);
  if (document === undefined) fault(walk, 0, 'it is empty');
  for (const { pos, code } of document?.errors ?? []) fault(walk, pos[0], `it is not YAML (${code.toLowerCase().replaceAll('_', ' ')})`);
  if (second !== undefined) fault(walk, second.range[0], 'it holds several documents');
  const value =
    walk.faults.length === 0 && document !== undefined ? read(walk, document.contents, '', document.contents?.range[0] ?? 0) : null;
  return { value, places: walk.places, faults: walk.faults };
}

function fault({ lineOf, faults }: Walk, offset: number, problem: string): void {
  faults.push({ line: lineOf(offset), problem });
}

function checkToken(walk: Walk, token: CST.Token | null | undefined, depth: number): void {
  switch (token?.type) {
    case 'directive':
      fault(walk, token.offset, 'it holds a directive (`%…`)');
      break;
    case 'alias':
      fault(walk, token.offset, 'it holds an alias (`*name`); a text that starts with `*` needs quotes');
      break;
    case 'document':
      checkProperties(walk, token.start);
      checkToken(walk, token.value, depth);
      break;
    case 'block-map':
    case 'block-seq':
    case 'flow-collection':
      if (depth < nestingLimit) for (const item of token.items) checkItem(walk, item, depth + 1);
      else fault(walk, token.offset, `it nests maps and lists more than ${nestingLimit} levels deep`);
  }
}

function checkItem(walk: Walk, { start, key, sep, value }: CST.CollectionItem, depth: number): void {
  checkProperties(walk, start);
  checkProperties(walk, sep ?? []);
  checkToken(walk, key, depth);
  checkToken(walk, value, depth);
}

function checkProperties(walk: Walk, properties: readonly CST.SourceToken[]): void {
  for (const { type, offset } of properties) {
    if (type === 'tag') fault(walk, offset, 'it holds a tag (`!…`); a text that starts with `!` needs quotes');
    if (type === 'anchor') fault(walk, offset, 'it holds an anchor (`&name`); a text that starts with `&` needs quotes');
  }
}

/** `start` is where the place begins: for map entries their key. */
function read(walk: Walk, node: ParsedNode | null, pointer: Pointer, start: number): Json {
  const plain = isScalar(node) && node.type === 'PLAIN';
  walk.places.push({ pointer, line: walk.lineOf(start), plain });
  if (isMap(node)) return readMap(walk, node.items, pointer);
  if (isSeq(node)) return node.items.map((item, i) => read(walk, item, joinPointer(pointer, i), item.range[0]));
  if (!isScalar(node)) return null;
  const source = node.source;
  if (!plain) return source;
  const value = plainValue(source);
  if (value === undefined) fault(walk, start, 'an unquoted value means different things to different readers of YAML; put it in quotes');
  else if (typeof value === 'number' && !Number.isFinite(value)) fault(walk, start, 'a number is not finite');
  else return value;
  return null;
}

function readMap(walk: Walk, pairs: readonly Pair<ParsedNode, ParsedNode | null>[], pointer: Pointer): Json {
  const map: Record<string, Json> = {};
  const seen = new Set<string>();
  for (const { key, value } of pairs) {
    const offset = key.range[0];
    const name = isScalar(key) ? key.source : undefined;
    if (name === undefined || (isScalar(key) && key.type === 'PLAIN' && typeof plainValue(name) !== 'string')) {
      fault(walk, offset, 'a key is not a text; put it in quotes');
    } else if (name === '<<') fault(walk, offset, 'it holds the merge key `<<`');
    else if (name === '__proto__' || name === 'constructor' || name === 'prototype') fault(walk, offset, `it holds the key \`${name}\``);
    else if (seen.has(name)) fault(walk, offset, `one map holds the key \`${excerpt(name)}\` twice`);
    else {
      seen.add(name);
      map[name] = read(walk, value, joinPointer(pointer, name), offset);
    }
  }
  return map;
}

import { CST, isMap, isScalar, isSeq, Lexer, type Pair, type YAMLMap } from 'yaml';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import { joinPointer, type Pointer } from '../model/pointer.ts';
import { composeDocuments, parseTokens } from './compose-documents.ts';
import { flowText } from './flow-text.ts';
import { stringText } from './scalar-text.ts';

export interface PatchedText {
  readonly text: string;
  /** Comments that stood in what was replaced or removed. */
  readonly lost: readonly string[];
}

export interface PatchOptions {
  /** Where `null` is written, because it takes away what lies beneath in another text; elsewhere the entry is removed. */
  readonly keepsNull: (pointer: Pointer) => boolean;
  /** Entries of the document whose maps are written anew, in the order that the patch has. */
  readonly whole?: readonly string[];
  /** Entries of the document that are written with these texts, as `pairText` has them, whatever the patch says of them. */
  readonly texts?: ReadonlyMap<string, string>;
  /** Comments of what is replaced or removed stay, on lines of their own above it. */
  readonly keepsComments?: boolean;
}

/**
 * A text with a merge patch (RFC 7386) applied to one of its documents, a map. Everything that the patch does not name stays as it is
 * written, to the last space; new entries come last in their map, on one line each.
 */
export function patchDocument(text: string, index: number, patch: JsonObject, options: PatchOptions): PatchedText | undefined {
  const root = composeDocuments(parseTokens(text), text.length)[index]?.contents;
  if (!isMap(root)) return undefined;
  const splices: Splice[] = [];
  patchMap(text, root, patch, '', options, splices);
  const comments = commentsIn(text);
  const lostIn = ({ from, to, put }: Splice) => {
    const kept = commentsIn(put).map((comment) => comment.text);
    return comments.filter(({ at, text: words }) => at >= from && at < to && !kept.includes(words)).map((comment) => comment.text);
  };
  const keeping =
    options.keepsComments === true && root.flow !== true ? splices.flatMap((one) => withComments(text, root, one, lostIn(one))) : splices;
  // From the end of the text; of two at one place the inner one, found first, comes out on top.
  const ordered = keeping.reverse().sort((a, b) => b.from - a.from);
  const lost = keeping === splices ? ordered.flatMap(lostIn) : [];
  return { text: ordered.reduce((now, { from, to, put }) => now.slice(0, from) + put + now.slice(to), text), lost };
}

/** How an entry of a document is written behind its key: `: v1`, or a block. Undefined where there is no such entry, or the document is no block. */
export function pairText(text: string, index: number, key: string): string | undefined {
  const root = composeDocuments(parseTokens(text), text.length)[index]?.contents;
  const pair = isMap(root) && root.flow !== true ? pairOf(root, key) : undefined;
  if (pair === undefined || !isMap(root) || columnOf(text, startOf(root.items[0]?.key)) > 0) return undefined;
  const from = endOf(pair.key);
  return text.slice(from, Math.max(from + 1, trimmedEnd(text, from, endOf(pair.value))));
}

/** A splice, and above the entry that it is in the comments that it would lose. */
function withComments(text: string, { items }: YAMLMap, splice: Splice, lost: readonly string[]): readonly Splice[] {
  const key = items.findLast((pair) => startOf(pair.key) <= splice.to)?.key;
  if (lost.length === 0 || key === undefined) return [splice];
  const line = text.lastIndexOf('\n', startOf(key) - 1) + 1;
  const put = lost.map((comment) => `${' '.repeat(startOf(key) - line)}${comment}\n`).join('');
  return splice.from === line ? [{ ...splice, put: put + splice.put }] : [splice, { from: line, to: line, put }];
}

interface Splice {
  readonly from: number;
  readonly to: number;
  readonly put: string;
}

function patchMap(text: string, map: YAMLMap, patch: JsonObject, pointer: Pointer, options: PatchOptions, splices: Splice[]): void {
  const added: string[] = [];
  for (const [key, value] of Object.entries(patch)) {
    const pair = pairOf(map, key);
    const given = options.texts?.get(key);
    const place = joinPointer(pointer, key);
    const isGone = value === null && !options.keepsNull(place);
    if (given !== undefined) {
      if (pair === undefined) added.push(`${stringText(key)}${given}`);
      else splices.push({ ...replacement(text, pair, null), put: given });
    } else if (pair === undefined) {
      if (!isGone) added.push(`${stringText(key)}: ${flowText(value)}`);
    } else if (isGone) splices.push(removal(text, map, pair));
    else if (options.whole?.includes(key)) splices.push(replacement(text, pair, asNames(pair, value)));
    else if (isObject(value) && isMap(pair.value) && pair.value.items.length > 0)
      patchMap(text, pair.value, value, place, { keepsNull: options.keepsNull }, splices);
    else splices.push(replacement(text, pair, valueFor(pair, key, value)));
  }
  if (added.length > 0) splices.push(insertion(text, map, added));
}

/** A list of names that is short for a map of them, as `versions` may be, stays one where the patch adds and takes away names alone. */
function valueFor(pair: Pair, key: string, value: Json): Json {
  if (key !== 'versions' || !isSeq(pair.value) || !isObject(value)) return value;
  const names = pair.value.items.map((item) => (isScalar(item) ? String(item.source ?? item.value) : ''));
  const entries: Record<string, Json> = Object.fromEntries(names.map((name) => [name, {}]));
  for (const [name, words] of Object.entries(value)) {
    if (words === null) delete entries[name];
    else entries[name] = words;
  }
  return asNames(pair, entries);
}

function asNames({ value: written }: Pair, entries: Json): Json {
  if (!isSeq(written) || !isObject(entries)) return entries;
  const isPlain = Object.values(entries).every((words) => isObject(words) && Object.keys(words).length === 0);
  return isPlain ? Object.keys(entries) : entries;
}

/** From behind the key to the end of the value, whose line breaks stay. */
function replacement(text: string, { key, value }: Pair, put: Json): Splice {
  const from = endOf(key);
  const to = Math.max(from + 1, trimmedEnd(text, from, endOf(value)));
  return { from, to, put: `: ${flowText(put)}` };
}

function removal(text: string, map: YAMLMap, { key, value }: Pair): Splice {
  const [start, end] = [startOf(key), trimmedEnd(text, startOf(key), Math.max(endOf(value), endOf(key) + 1))];
  if (map.flow === true) {
    const after = /^\s*,\s*/.exec(text.slice(end))?.[0].length;
    if (after !== undefined) return { from: start, to: end + after, put: '' };
    return { from: start - (/,?\s*$/.exec(text.slice(0, start))?.[0].length ?? 0), to: end, put: '' };
  }
  const line = text.indexOf('\n', end);
  return { from: text.lastIndexOf('\n', start - 1) + 1, to: line === -1 ? text.length : line + 1, put: '' };
}

function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((one) => isScalar(one.key) && String(one.key.source ?? one.key.value) === key);
}

function insertion(text: string, map: YAMLMap, entries: readonly string[]): Splice {
  const [first] = map.items;
  const last = map.items.at(-1);
  if (first === undefined || last === undefined) {
    const at = startOf(map) + 1;
    return { from: at, to: at, put: entries.join(', ') };
  }
  const end = trimmedEnd(text, startOf(last.key), Math.max(endOf(last.value), endOf(last.key)));
  if (map.flow === true) return { from: end, to: end, put: `, ${entries.join(', ')}` };
  const column = columnOf(text, startOf(first.key));
  const lineEnd = text.indexOf('\n', end);
  const at = lineEnd === -1 ? text.length : lineEnd;
  return { from: at, to: at, put: entries.map((entry) => `\n${' '.repeat(column)}${entry}`).join('') };
}

/** Block values reach to where the next entry begins: comments and blank lines there are not theirs. */
function trimmedEnd(text: string, from: number, to: number): number {
  const lines = text.slice(from, to).split('\n');
  while (lines.length > 1 && /^\s*(#.*)?$/.test(lines.at(-1) ?? '')) lines.pop();
  return from + lines.join('\n').trimEnd().length;
}

function columnOf(text: string, at: number): number {
  return at - (text.lastIndexOf('\n', at - 1) + 1);
}

/** Comments with their places, as YAML sees them: a `#` in a quoted or block scalar begins none. */
function commentsIn(text: string): readonly { readonly at: number; readonly text: string }[] {
  const found: { readonly at: number; readonly text: string }[] = [];
  let at = 0;
  let isScalarNext = false;
  for (const token of new Lexer().lex(text)) {
    // The lexer's own marks are no part of the text.
    const isMark = token === CST.DOCUMENT || token === CST.FLOW_END || token === CST.SCALAR;
    if (!isMark && !isScalarNext && token.startsWith('#')) found.push({ at, text: token.trim() });
    isScalarNext = token === CST.SCALAR;
    if (!isMark) at += token.length;
  }
  return found;
}

function startOf(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}

function endOf(node: unknown): number {
  return isNode(node) ? (node.range?.[1] ?? 0) : 0;
}

function isNode(node: unknown): node is { readonly range?: readonly [number, number, number] | null } {
  return isMap(node) || isSeq(node) || isScalar(node);
}

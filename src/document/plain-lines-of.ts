import { pointerSegments } from '../model/pointer.ts';
import type { Address } from '../model/source.ts';
import { findEntry, isItem, keyEnd, leaveLine, type PlainCursor, pastSpaces } from './plain-lines.ts';
import { readPlainYaml } from './plain-yaml.ts';

/**
 * The lines (from 1) that `createLocator` finds Addresses of a text on, without a full parse, which makes a report on thousands of places quick.
 * Undefined where the text is not in the plain subset, and for a document that is not there: then the locator must look.
 */
export function plainLinesOf(text: string): ((place: Omit<Address, 'file'>) => number | undefined) | undefined {
  if (readPlainYaml(text) === undefined) return undefined;
  return ({ document, pointer, part = 'value' }) => {
    const cursor: PlainCursor = { text, at: 0, indent: 0 };
    if (!enterDocument(cursor, document)) return undefined;
    return lineOf(text, find(cursor, { column: 0, way: pointerSegments(pointer), part }));
  };
}

/** Of a plain text: there every value that is no block stands on the line of its key or its `-`, so that no value need be read. */
interface Search {
  /** That of the block's entries, of which the cursor stands at the first. */
  readonly column: number;
  /** What of the pointer is still ahead. */
  readonly way: readonly string[];
  readonly part: 'key' | 'value';
  /** Where the key of the block stands, if it has one. */
  readonly head?: number;
}

/** To the first entry of the document of that number, among those that have entries. */
function enterDocument(cursor: PlainCursor, document: number): boolean {
  findEntry(cursor);
  for (let index = 0; cursor.at < cursor.text.length; ) {
    if (cursor.indent === -1) pastLine(cursor);
    else if (index++ === document) return true;
    else while (cursor.indent !== -1) pastLine(cursor);
  }
  return false;
}

/** The index of something on the line; of what is not there, on that of the nearest place above it. */
function find(cursor: PlainCursor, { column, way, part, head }: Search): number {
  const first = cursor.at;
  const [segment, ...rest] = way;
  if (segment === undefined) return part === 'key' ? (head ?? first) : first;
  const isList = isItem(cursor);
  let index = 0;
  do {
    if (isList && String(index) === segment) return findInItem(cursor, { column, way: rest, part });
    const end = isList ? -1 : keyEnd(cursor.text, cursor.at);
    if (end !== -1 && cursor.text.slice(cursor.at, end) === segment) return findInMember(cursor, end, { column, way: rest, part });
    index += 1;
    // A list may stand in the column of its key.
    do pastLine(cursor);
    while (cursor.indent > column || (!isList && cursor.indent === column && isItem(cursor)));
  } while (cursor.indent === column && isItem(cursor) === isList);
  return head ?? first;
}

function findInItem(cursor: PlainCursor, { column, way, part }: Search): number {
  const { at, text } = cursor;
  const start = pastSpaces(text, at + 1);
  if (keyEnd(text, start) === -1) return at;
  cursor.at = start;
  return find(cursor, { column: column + start - at, way, part });
}

function findInMember(cursor: PlainCursor, end: number, { column, way, part }: Search): number {
  const { at } = cursor;
  cursor.at = end + 1;
  if (!leaveLine(cursor)) return at;
  const isBlock = cursor.indent > column || (cursor.indent === column && isItem(cursor));
  return isBlock ? find(cursor, { column: cursor.indent, way, part, head: at }) : at;
}

function pastLine(cursor: PlainCursor): void {
  cursor.at = cursor.text.indexOf('\n', cursor.at) + 1;
  findEntry(cursor);
}

function lineOf(text: string, index: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < index; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

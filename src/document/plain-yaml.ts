import type { Json, JsonObject } from '../model/json.ts';
import { depthLimit, newKey, type PlainMap, readInline } from './plain-inline.ts';
import { findEntry, isItem, keyEnd, leaveLine, type PlainCursor, pastSpaces } from './plain-lines.ts';

/** UTF-16 code units: at three bytes each still within what the full parser reads of a file. */
const textLimit = 80 * 1024;
// Line feed, printable ASCII, and blocks of letters, punctuation, arrows and symbols in which check-text.ts refuses nothing.
const unusual =
  /[^\n -~\u00a1-\u00ac\u00ae-\u024f\u0391-\u03ff\u0400-\u04ff\u2010-\u2027\u2030-\u205e\u2190-\u22ff\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff]/;

/**
 * Reads the plain subset of YAML that intents are written in, some twenty times faster than the full parser, because it builds neither
 * tokens nor places (findings find theirs again, see locate.ts). Undefined means no more than that the full parser must decide.
 *
 * The subset, by productions of YAML 1.2.2: block maps with implicit plain keys of ASCII words, block lists, compact maps in them
 * [ns-l-compact-mapping], flow maps and lists on one line, plain and quoted scalars on one line without escapes
 * [ns-plain-one-line, nb-single-one-line, nb-double-one-line], `#` comments, and documents divided by bare `---` lines.
 *
 * What an accepted text means is never decided here: plain-scalar.ts does that for both readers. It is kept honest by
 * test/property/plain-yaml.test.ts, which holds it against the full parser on mutations of every real intent (`FUZZ_RUNS` for more).
 */
export function readPlainYaml(text: string): readonly JsonObject[] | undefined {
  if (text.length > textLimit || !text.endsWith('\n') || unusual.test(text)) return undefined;
  const cursor: PlainCursor = { text, at: 0, indent: 0 };
  const documents: JsonObject[] = [];
  findEntry(cursor);
  while (cursor.at < text.length) {
    if (cursor.indent === -1) {
      cursor.at += 3;
      if (!leaveLine(cursor)) return undefined;
    } else {
      const document = cursor.indent === 0 ? readMap(cursor, 0, 1) : undefined;
      if (document === undefined) return undefined;
      documents.push(document);
    }
  }
  return documents;
}

/** The map whose first key stands at the cursor, in column `indent`. Leaves the cursor at the entry behind it, as all block readers do. */
function readMap(cursor: PlainCursor, indent: number, depth: number): JsonObject | undefined {
  if (depth > depthLimit) return undefined;
  const { text } = cursor;
  const map: PlainMap = { members: {}, count: 0 };
  do {
    const end = keyEnd(text, cursor.at);
    const key = end === -1 ? undefined : newKey(map, text, cursor.at, end);
    if (key === undefined) return undefined;
    cursor.at = end + 1;
    const value = readMember(cursor, indent, depth + 1);
    if (value === undefined) return undefined;
    map.members[key] = value;
  } while (cursor.indent === indent);
  return cursor.indent < indent ? map.members : undefined;
}

/** The value behind the `:` of a key in column `indent`. */
function readMember(cursor: PlainCursor, indent: number, depth: number): Json | undefined {
  if (!leaveLine(cursor)) {
    cursor.at = pastSpaces(cursor.text, cursor.at);
    return readLast(cursor, depth);
  }
  // A list may stand in the column of its key.
  if (cursor.indent >= indent && isItem(cursor)) return readList(cursor, cursor.indent, depth);
  return cursor.indent > indent ? readMap(cursor, cursor.indent, depth) : null;
}

function readList(cursor: PlainCursor, indent: number, depth: number): readonly Json[] | undefined {
  if (depth > depthLimit) return undefined;
  const items: Json[] = [];
  do {
    const item = readItem(cursor, indent, depth + 1);
    if (item === undefined) return undefined;
    items.push(item);
  } while (cursor.indent === indent && isItem(cursor));
  return cursor.indent <= indent ? items : undefined;
}

/** What stands behind a `-` in column `indent`: a compact map where a key follows. */
function readItem(cursor: PlainCursor, indent: number, depth: number): Json | undefined {
  const start = pastSpaces(cursor.text, cursor.at + 1);
  const column = indent + start - cursor.at;
  cursor.at = start;
  return keyEnd(cursor.text, start) === -1 ? readLast(cursor, depth) : readMap(cursor, column, depth);
}

/** A value that nothing but a comment follows on its line. */
function readLast(cursor: PlainCursor, depth: number): Json | undefined {
  const value = readInline(cursor, false, depth);
  return value !== undefined && leaveLine(cursor) ? value : undefined;
}

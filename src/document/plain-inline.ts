import type { Json, JsonObject } from '../model/json.ts';
import { isBlank, keyEnd, lineFeed, type PlainCursor, pastSpaces, space } from './plain-lines.ts';
import { plainValue } from './plain-scalar.ts';

/** Levels of maps and lists, keys of a map, UTF-16 code units of a scalar: less than the full parser allows, which decides near its limits. */
export const depthLimit = 24;
const keyCountLimit = 1_000;
const scalarLimit = 4_096;

/** What a port is written as; the keys that read-key.ts takes for their own text. */
const wholeNumber = /^(?:0|[1-9][0-9]{0,14})$/;

const doubleQuote = 34;
const hash = 35;
const singleQuote = 39;
const comma = 44;
const dash = 45;
const colon = 58;
const openBracket = 91;
const backslash = 92;
const closeBracket = 93;
const openBrace = 123;
const closeBrace = 125;

/** A map being read: its members and their number. */
export interface PlainMap {
  readonly members: Record<string, Json>;
  count: number;
}

/** Reads the value that starts at the cursor and leaves the cursor right behind it. Undefined where the full parser must decide. */
export function readInline(cursor: PlainCursor, inFlow: boolean, depth: number): Json | undefined {
  const code = cursor.text.charCodeAt(cursor.at);
  switch (code) {
    case doubleQuote:
    case singleQuote:
      return readQuoted(cursor, code);
    case openBracket:
      return depth > depthLimit ? undefined : readFlowList(cursor, depth);
    case openBrace:
      return depth > depthLimit ? undefined : readFlowMap(cursor, depth);
    default:
      return readPlain(cursor, inFlow);
  }
}

/** The key between `start` and `end`, if it is new to the map and no reader takes it for anything but its text. */
export function newKey(map: PlainMap, text: string, start: number, end: number): string | undefined {
  const key = text.slice(start, end);
  const value = plainValue(key);
  if (typeof value !== 'string' && !(typeof value === 'number' && wholeNumber.test(key))) return undefined;
  // `in` finds what is inherited, too: `constructor` and its like need thought.
  return key in map.members || key === 'prototype' || ++map.count > keyCountLimit ? undefined : key;
}

/** On one line, without escapes. */
function readQuoted(cursor: PlainCursor, quote: number): string | undefined {
  const { text } = cursor;
  const start = cursor.at + 1;
  let end = start;
  for (let code = text.charCodeAt(end); code !== quote; code = text.charCodeAt(++end)) {
    if (code === lineFeed || code === backslash) return undefined;
  }
  // Two single quotes are an escaped one.
  if (text.charCodeAt(end + 1) === quote || end - start > scalarLimit) return undefined;
  cursor.at = end + 1;
  return text.slice(start, end);
}

function readFlowList(cursor: PlainCursor, depth: number): readonly Json[] | undefined {
  const items: Json[] = [];
  const whole = readEntries(cursor, closeBracket, () => {
    const item = readInline(cursor, true, depth + 1);
    return item !== undefined && items.push(item) > 0;
  });
  return whole ? items : undefined;
}

function readFlowMap(cursor: PlainCursor, depth: number): JsonObject | undefined {
  const map: PlainMap = { members: {}, count: 0 };
  return readEntries(cursor, closeBrace, () => readFlowMember(cursor, map, depth)) ? map.members : undefined;
}

/** From the opening bracket to behind the closing one; false where an entry or what divides them is not plain. */
function readEntries(cursor: PlainCursor, close: number, readEntry: () => boolean): boolean {
  const { text } = cursor;
  cursor.at = pastSpaces(text, cursor.at + 1);
  let code = text.charCodeAt(cursor.at);
  while (code !== close) {
    if (!readEntry()) return false;
    cursor.at = pastSpaces(text, cursor.at);
    code = text.charCodeAt(cursor.at);
    if (code === comma) cursor.at = pastSpaces(text, cursor.at + 1);
    else if (code !== close) return false;
  }
  cursor.at++;
  return true;
}

function readFlowMember(cursor: PlainCursor, map: PlainMap, depth: number): boolean {
  const end = keyEnd(cursor.text, cursor.at);
  const key = end === -1 ? undefined : newKey(map, cursor.text, cursor.at, end);
  if (key === undefined) return false;
  cursor.at = pastSpaces(cursor.text, end + 1);
  const value = readInline(cursor, true, depth + 1);
  if (value === undefined) return false;
  map.members[key] = value;
  return true;
}

function readPlain(cursor: PlainCursor, inFlow: boolean): Json | undefined {
  const { text, at: start } = cursor;
  const end = plainEnd(text, start, inFlow);
  if (end === -1 || end - start > scalarLimit) return undefined;
  cursor.at = end;
  const value = plainValue(text.slice(start, end));
  // False for NaN, too.
  return typeof value !== 'number' || Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value : undefined;
}

/** Behind the last character of the plain scalar at `start`; -1 where it starts with an indicator or a `: ` follows. */
function plainEnd(text: string, start: number, inFlow: boolean): number {
  if (!startsPlain(text, start)) return -1;
  let end = start;
  for (let at = start; ; at++) {
    const code = text.charCodeAt(at);
    if (code === space) continue;
    if (code === lineFeed || (inFlow && isFlowIndicator(code)) || (code === hash && end < at)) return end;
    if (code === colon && endsKey(text.charCodeAt(at + 1), inFlow)) return -1;
    end = at + 1;
  }
}

/** Letters, digits and what never means anything at the start of a scalar; a `-` only where a word or number follows it. */
function startsPlain(text: string, start: number): boolean {
  const first = text.charCodeAt(start);
  const code = first === dash ? text.charCodeAt(start + 1) : first;
  if ((code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90)) return true;
  // $ ( / ^ _ ~ and letters beyond ASCII.
  return first === code && (code > 127 || code === 36 || code === 40 || code === 47 || code === 94 || code === 95 || code === 126);
}

function endsKey(following: number, inFlow: boolean): boolean {
  return isBlank(following) || (inFlow && isFlowIndicator(following));
}

/** One of `,[]{}`. */
function isFlowIndicator(code: number): boolean {
  return code === comma || code === openBracket || code === closeBracket || code === openBrace || code === closeBrace;
}

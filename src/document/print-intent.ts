import { isList, isObject, type Json, type JsonObject } from '../model/json.ts';
import { flowText } from './flow-text.ts';
import { stringText } from './scalar-text.ts';

/** Columns that a line of an intent may have before its value is written on several. */
const widest = 110;

/**
 * A document as people write intents: one line for each word, `canary: {version: v3, percent: 10}`; lists of maps with one item a line; what
 * is too long for a line in blocks. Every YAML reader gets back exactly this value.
 */
export function printIntent(document: JsonObject): string {
  return mapLines(document, '')
    .map((line) => `${line}\n`)
    .join('');
}

function mapLines(map: JsonObject, indent: string): readonly string[] {
  return Object.entries(map).flatMap(([key, value]) => entryLines(`${indent}${stringText(key)}:`, value, indent));
}

function entryLines(head: string, value: Json, indent: string): readonly string[] {
  const line = `${head} ${flowText(value)}`;
  const isOneLine = !isListOfMaps(value) && line.length <= widest;
  if (isOneLine || isEmpty(value) || (!isList(value) && !isObject(value))) return [line];
  if (isObject(value)) return [head, ...mapLines(value, `${indent}  `)];
  return [head, ...value.flatMap((item) => itemLines(item, `${indent}  `))];
}

function itemLines(item: Json, indent: string): readonly string[] {
  const line = `${indent}- ${flowText(item)}`;
  if (line.length <= widest || !isObject(item) || isEmpty(item)) return [line];
  const [first = '', ...others] = mapLines(item, `${indent}  `);
  return [`${indent}- ${first.trimStart()}`, ...others];
}

function isListOfMaps(value: Json): boolean {
  return isList(value) && value.length > 0 && value.every(isObject);
}

function isEmpty(value: Json): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

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
  if (!value.some((item) => typeof item === 'object' && item !== null)) return filledLines(`${head} [`, value.map(flowText), `${indent}  `);
  return [head, ...value.flatMap((item) => itemLines(item, `${indent}  `))];
}

function itemLines(item: Json, indent: string): readonly string[] {
  const line = `${indent}- ${flowText(item)}`;
  if (line.length <= widest || !isObject(item) || isEmpty(item)) return [line];
  const [first = '', ...others] = mapLines(item, `${indent}  `);
  return [`${indent}- ${first.trimStart()}`, ...others];
}

/** A list of texts and numbers, as many of them on each line as it holds. */
function filledLines(head: string, items: readonly string[], indent: string): readonly string[] {
  const lines: string[] = [];
  let line = head;
  for (const [i, item] of items.entries()) {
    const put = `${item}${i === items.length - 1 ? ']' : ','}`;
    if (line !== head && line.length + put.length + 1 > widest) {
      lines.push(line);
      line = `${indent}${put}`;
    } else line += line === head || line.endsWith('[') ? put : ` ${put}`;
  }
  return [...lines, line];
}

function isListOfMaps(value: Json): boolean {
  return isList(value) && value.length > 0 && value.every(isObject);
}

function isEmpty(value: Json): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

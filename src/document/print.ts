import { isList, type Json, type JsonObject } from '../model/json.ts';
import { numberText, stringText } from './scalar-text.ts';

/** Characters of a printed key beyond which YAML wants the explicit form `? key` (YAML 1.2.2 §7.4.2 allows 1,024). */
const implicitKeyLimit = 1_000;

/**
 * The value as canonical YAML: block style, two spaces, list dashes under their key, keys in the order given, one line end at the end.
 * Every YAML 1.1 or 1.2 reader gets back exactly this value; what a reader could mistake stands in double quotes.
 */
export function printYaml(value: JsonObject): string {
  const keys = Object.keys(value);
  return keys.length === 0 ? '{}\n' : mapText(value, keys, '');
}

/** Several printed documents in one text, separated by lines of `---`; an empty text for none. */
export function joinDocuments(texts: readonly string[]): string {
  return texts.join('---\n');
}

/** The object with the named keys first, in that order; the others follow in the order they have. */
export function orderKeys(value: JsonObject, order: readonly string[]): JsonObject {
  const ordered: Record<string, Json> = {};
  for (const key of order) if (Object.hasOwn(value, key)) assign(ordered, value, key);
  for (const key of Object.keys(value)) if (!Object.hasOwn(ordered, key)) assign(ordered, value, key);
  return ordered;
}

function assign(target: Record<string, Json>, source: JsonObject, key: string): void {
  const value = source[key];
  if (value !== undefined) target[key] = value;
}

/** Lines of a map; the first one without its indent, which the caller has written. */
function mapText(value: JsonObject, keys: readonly string[], indent: string): string {
  let text = '';
  let lead = '';
  for (const key of keys) {
    const name = stringText(key);
    const item = value[key] ?? null;
    if (name.length <= implicitKeyLimit) text += `${lead}${name}:${afterKey(item, indent)}`;
    else text += `${lead}? ${name}\n${indent}:${afterKey(item, indent)}`;
    lead = indent;
  }
  return text;
}

function afterKey(value: Json, indent: string): string {
  if (typeof value !== 'object' || value === null) return ` ${leafText(value)}\n`;
  if (isList(value)) return value.length === 0 ? ' []\n' : `\n${indent}${listText(value, indent)}`;
  const keys = Object.keys(value);
  if (keys.length === 0) return ' {}\n';
  const inner = `${indent}  `;
  return `\n${inner}${mapText(value, keys, inner)}`;
}

/** Lines of a list; the first one without its indent. */
function listText(value: readonly Json[], indent: string): string {
  const inner = `${indent}  `;
  let text = '';
  let lead = '';
  for (const item of value) {
    text += `${lead}- ${afterDash(item, inner)}`;
    lead = indent;
  }
  return text;
}

function afterDash(value: Json, indent: string): string {
  if (typeof value !== 'object' || value === null) return `${leafText(value)}\n`;
  if (isList(value)) return value.length === 0 ? '[]\n' : listText(value, indent);
  const keys = Object.keys(value);
  return keys.length === 0 ? '{}\n' : mapText(value, keys, indent);
}

function leafText(value: string | number | boolean | null): string {
  if (typeof value === 'string') return stringText(value);
  return typeof value === 'number' ? numberText(value) : String(value);
}

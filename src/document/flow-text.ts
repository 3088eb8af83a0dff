import { isList, isObject, type Json } from '../model/json.ts';
import { numberText, stringText } from './scalar-text.ts';

/** A value as people write it on one line: `{version: v3, percent: 10}`. For messages; nothing reads it back. */
export function flowText(value: Json): string {
  if (isList(value)) return `[${value.map(flowText).join(', ')}]`;
  if (isObject(value)) {
    const entries = Object.entries(value).map(([key, item]) => `${stringText(key)}: ${flowText(item)}`);
    return `{${entries.join(', ')}}`;
  }
  if (typeof value === 'string') return stringText(value);
  return typeof value === 'number' ? numberText(value) : String(value);
}

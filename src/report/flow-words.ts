import { isList, isObject, type Json } from '../model/json.ts';

/** A value on one line, with quotes only where words run together: `{attempts: 2, perTryTimeout: 1s}`. For people; nothing reads it back. */
export function flowWords(value: Json): string {
  if (isList(value)) return `[${value.map(flowWords).join(', ')}]`;
  if (isObject(value))
    return `{${Object.entries(value)
      .map(([key, item]) => `${key}: ${flowWords(item)}`)
      .join(', ')}}`;
  if (typeof value !== 'string') return String(value);
  return /^[\w./*+-][\w ./*+%@-]*$/.test(value) ? value : JSON.stringify(value);
}

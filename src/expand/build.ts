import type { Diagnostic } from '../model/diagnostic.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { Traced } from '../model/origin.ts';
import type { Span } from '../model/source.ts';
import { leafAt, nodeOf, scalarOf } from './bound-value.ts';

/** Makes one part of a document from a view's leaves; what cannot be bound is reported. */
export type Build = (leaves: readonly Traced[], findings: Diagnostic[]) => Json;

export function literalOf(value: Json): Build {
  return () => value;
}

export function listOf(items: readonly Build[]): Build {
  return (leaves, findings) => {
    const list: Json[] = [];
    for (const item of items) list.push(item(leaves, findings));
    return list;
  };
}

/** Each map starts as a copy of one with the same keys: that is several times faster than adding key after key. */
export function mapOf(entries: readonly (readonly [key: string, build: Build])[]): Build {
  const keys = entries.map(([key]) => key);
  const builds = entries.map(([, build]) => build);
  const blank: JsonObject = Object.fromEntries(keys.map((key) => [key, null]));
  return (leaves, findings) => {
    const map: Record<string, Json> = { ...blank };
    for (let i = 0; i < keys.length; i++) map[keys[i] ?? ''] = builds[i]?.(leaves, findings) ?? null;
    return map;
  };
}

/** A text of literal pieces and leaves, by number. */
export function textOf(pieces: readonly (string | number)[], at: Span | undefined): Build {
  return (leaves, findings) => {
    let text = '';
    for (const piece of pieces) text += typeof piece === 'string' ? piece : String(scalarOf(leafAt(leaves, piece), findings, at));
    return text;
  };
}

export function typedScalarOf(leaf: number, at: Span | undefined): Build {
  return (leaves, findings) => scalarOf(leafAt(leaves, leaf), findings, at);
}

export function wholeNodeOf(leaf: number, at: Span | undefined): Build {
  return (leaves, findings) => nodeOf(leafAt(leaves, leaf), findings, at);
}

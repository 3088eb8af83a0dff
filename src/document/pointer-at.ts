import { isMap, isScalar, isSeq } from 'yaml';
import { joinPointer, type Pointer } from '../model/pointer.ts';
import { composeDocuments, parseTokens } from './compose-documents.ts';

/** What stands on a line of a YAML text. */
export interface LinePlace {
  readonly document: number;
  readonly pointer: Pointer;
}

/** The outermost entry that starts on a line (from 1), or the one that the line lies in. Undefined on a line outside all documents. */
export function pointerAtLine(text: string, line: number): LinePlace | undefined {
  const lines = text.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  const end = start + (lines[line - 1] ?? '').length;
  for (const [document, { contents }] of composeDocuments(parseTokens(text), text.length).entries()) {
    const range = rangeOf(contents);
    if (range === undefined || range[0] > end || range[1] < start) continue;
    return { document, pointer: within(contents, '', start, end) };
  }
  return undefined;
}

function within(node: unknown, pointer: Pointer, start: number, end: number): Pointer {
  for (const { from, to, child, place } of children(node, pointer)) {
    if (from >= start && from <= end) return place;
    if (from < start && to > start) return within(child, place, start, end);
  }
  return pointer;
}

interface Child {
  readonly from: number;
  readonly to: number;
  readonly child: unknown;
  readonly place: Pointer;
}

function children(node: unknown, pointer: Pointer): readonly Child[] {
  if (isMap(node)) {
    return node.items.flatMap((pair) => {
      const key = rangeOf(pair.key);
      if (key === undefined || !isScalar(pair.key)) return [];
      return [
        { from: key[0], to: rangeOf(pair.value)?.[1] ?? key[1], child: pair.value, place: joinPointer(pointer, String(pair.key.value)) },
      ];
    });
  }
  if (!isSeq(node)) return [];
  return node.items.flatMap((item, index) => {
    const range = rangeOf(item);
    return range === undefined ? [] : [{ from: range[0], to: range[1], child: item, place: joinPointer(pointer, index) }];
  });
}

function rangeOf(node: unknown): readonly [number, number] | undefined {
  if (!isMap(node) && !isSeq(node) && !isScalar(node)) return undefined;
  return node.range ? [node.range[0], node.range[1]] : undefined;
}

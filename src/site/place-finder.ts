import { createLocator } from '../document/locate.ts';
import { addressIn, type Intent } from '../model/intent.ts';
import { type Pointer, valueAt } from '../model/pointer.ts';
import { lineStarts, positionIn } from '../model/position.ts';
import type { SitePlace } from '../model/site.ts';
import type { FileTree, Place, RepoPath, Span } from '../model/source.ts';

/** Places of values as people find them. Undefined where no text holds them. */
export interface PlaceFinder {
  readonly span: (place: Place) => Span | undefined;
  readonly line: (place: Place | undefined) => SitePlace | undefined;
  readonly position: (place: Place) => readonly [file: string, line: number, column: number] | undefined;
  /** Of a value of an intent: where the highest layer says it. */
  readonly wordsOf: (intent: Intent, pointer: Pointer) => SitePlace | undefined;
}

/** `texts`: all that addresses may point into. Each file is parsed once, when the first of its places is asked for. */
export function placeFinder(texts: FileTree): PlaceFinder {
  const span = createLocator(texts);
  const starts = new Map<RepoPath, readonly number[]>();
  const position: PlaceFinder['position'] = (place) => {
    const found = span(place);
    if (found === undefined) return undefined;
    const text = texts.get(found.file) ?? '';
    const lines = starts.get(found.file) ?? lineStarts(text);
    starts.set(found.file, lines);
    const { line, column } = positionIn(text, lines, found.start);
    return [found.file, line, column];
  };
  const line: PlaceFinder['line'] = (place) => {
    const found = place === undefined ? undefined : position(place);
    return found === undefined ? undefined : { file: found[0], line: found[1] };
  };
  return {
    span,
    line,
    position,
    wordsOf: ({ layers }, pointer) => {
      const layer = layers.findLast(({ value }) => valueAt(value, pointer) !== undefined);
      return layer === undefined ? undefined : line(addressIn(layer, pointer));
    },
  };
}

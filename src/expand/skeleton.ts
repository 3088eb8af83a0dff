import { type ParsedSkeleton, parseSkeleton } from '../document/parse-skeleton.ts';
import type { Span } from '../model/source.ts';
import { type LineMark, takeMarks } from './placeholder.ts';
import { lineSpan, type TemplateSource } from './template-source.ts';

/** A drawn text with tokens in place of values, read once: its tree, and for each of its lines the template's line it came from. */
export interface Skeleton extends ParsedSkeleton {
  readonly text: string;
  readonly marks: readonly (LineMark | undefined)[];
}

export function readSkeleton(drawn: string): Skeleton {
  const { text, marks } = takeMarks(drawn);
  return { ...parseSkeleton(text), text, marks };
}

/** The template's line that drew a line of the skeleton, from 1; for a line that nothing marks, the nearest marked one above it. */
export function drawnBy(marks: Skeleton['marks'], line: number): LineMark | undefined {
  for (let index = Math.min(line, marks.length) - 1; index >= 0; index--) {
    const mark = marks[index];
    if (mark !== undefined) return mark;
  }
  return marks.find((mark) => mark !== undefined);
}

export function markSpan(numbered: readonly TemplateSource[], mark: LineMark | undefined): Span | undefined {
  const source = numbered[mark?.template ?? -1];
  return source === undefined || mark === undefined ? undefined : lineSpan(source, mark.line);
}

/** The line of a drawn text, from 1, on which an offset stands. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

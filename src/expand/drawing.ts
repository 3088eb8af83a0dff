import type { Diagnostic } from '../model/diagnostic.ts';
import type { Place } from '../model/source.ts';
import { tokenText } from './placeholder.ts';

/** A finding that still has to learn where in the template it happened. */
export type Finding = (at: Place | undefined) => Diagnostic;

/** What a token of the drawn text stands for: leaves of the view by number, or the reason why nothing can stand there. */
export type Binding = { readonly path: string } & (
  | { readonly kind: 'scalar' | 'node'; readonly leaf: number }
  | { readonly kind: 'items'; readonly leaves: readonly number[] }
  | { readonly kind: 'nothing'; readonly finding: Finding }
);

/** One run of a template: what it has printed, and how much work it has been. */
export interface Drawing {
  readonly bindings: Binding[];
  steps: number;
  written: number;
  tooLarge: boolean;
}

export function newDrawing(): Drawing {
  return { bindings: [], steps: 0, written: 0, tooLarge: false };
}

/** Rounds of loops, partials and prints in one run. */
const stepLimit = 1_000_000;
/** UTF-16 code units that a template may draw. */
export const textLimit = 4 * 1024 * 1024;
/** The same text is written once for each block that it stands in. */
const writtenLimit = 16 * textLimit;

/** Counts a unit of work and the text it wrote; false when the run must end. */
export function spend(drawing: Drawing, written = 0): boolean {
  drawing.written += written;
  if (++drawing.steps > stepLimit || drawing.written > writtenLimit) drawing.tooLarge = true;
  return !drawing.tooLarge;
}

/** Prints a token that stands for the binding; nothing once the run must end. */
export function print(drawing: Drawing, binding: Binding): string {
  return spend(drawing) ? tokenText(drawing.bindings.push(binding) - 1) : '';
}

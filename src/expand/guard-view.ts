import type { Diagnostic } from '../model/diagnostic.ts';
import { invariant } from '../model/result.ts';
import type { Place } from '../model/source.ts';
import { isTraced, type View, type ViewObject } from '../model/view.ts';
import { tokenText } from './placeholder.ts';
import { absentFinding, unknownFinding, unprintableFinding } from './view-findings.ts';
import { isViewList } from './view-shape.ts';

/** What a template reads instead of the view: it can be asked for fields, counted and printed, but has no value to leak. */
export type Guard = { readonly path: string } & (
  | { readonly kind: 'leaf'; readonly leaf: number }
  | { readonly kind: 'flag'; readonly on: boolean }
  | { readonly kind: 'absent' }
  | { readonly kind: 'list'; readonly items: readonly object[] }
  | { readonly kind: 'object'; readonly fields: ReadonlyMap<string, object> }
  | { readonly kind: 'unknown'; readonly finding: Finding }
);

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
  readonly findings: Diagnostic[];
  steps: number;
  written: number;
  tooLarge: boolean;
}

export function newDrawing(): Drawing {
  return { bindings: [], findings: [], steps: 0, written: 0, tooLarge: false };
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

const guards = new WeakMap<object, { readonly guard: Guard; readonly drawing: Drawing }>();

/** The guard behind what a template handed over, and the run it belongs to. */
export function judged(value: unknown): { readonly guard: Guard; readonly drawing: Drawing } {
  const found = typeof value === 'object' && value !== null ? guards.get(value) : undefined;
  invariant(found !== undefined, 'a template passed on something that is not of its view');
  return found;
}

/** Prints a token that stands for the binding. */
export function print(drawing: Drawing, binding: Binding): string {
  return spend(drawing) ? tokenText(drawing.bindings.push(binding) - 1) : '';
}

/** Leaves are numbered as `findShape` numbers them: both walk the view in its own order. */
export function guardView(view: ViewObject, drawing: Drawing): object {
  let leaves = 0;
  return guardOf(view, '');

  function guardOf(part: View, path: string): object {
    if (part === undefined) return guarded({ kind: 'absent', path }, drawing);
    if (typeof part === 'boolean') return guarded({ kind: 'flag', path, on: part }, drawing);
    if (isViewList(part)) return guarded({ kind: 'list', path, items: part.map((item, i) => guardOf(item, `${path}[${i}]`)) }, drawing);
    invariant(typeof part === 'object' && part !== null, `the view's ${path} is neither traced nor a list, map or switch`);
    if (isTraced(part)) return guarded({ kind: 'leaf', path, leaf: leaves++ }, drawing);
    const fields = new Map<string, object>();
    for (const name in part) fields.set(name, guardOf(part[name], path === '' ? name : `${path}.${name}`));
    return guarded({ kind: 'object', path, fields }, drawing);
  }
}

function guarded(guard: Guard, drawing: Drawing): object {
  // Strict Handlebars asks `in` and for own properties before it reads: every name is answered, so that `get` alone judges it.
  const proxy: object = new Proxy(Object.create(null), {
    get: (_, name) => {
      if (typeof name === 'symbol') return undefined;
      if (name === 'toHTML') return () => printGuard(guard, drawing);
      invariant(name !== 'toString' && name !== 'valueOf' && name !== 'toJSON', `the text of ${guard.path} was asked for`);
      return fieldOf(guard, name, drawing, proxy);
    },
    has: () => true,
    getOwnPropertyDescriptor: (_, name) => ({ configurable: true, enumerable: false, value: name }),
    ownKeys: () => [],
    set: () => false,
    defineProperty: () => false,
    setPrototypeOf: () => false,
  });
  guards.set(proxy, { guard, drawing });
  return proxy;
}

function fieldOf(guard: Guard, name: string, drawing: Drawing, self: object): object {
  if (guard.kind === 'unknown') return self;
  const found = guard.kind === 'object' ? guard.fields.get(name) : undefined;
  const finding = guard.kind === 'absent' ? absentFinding(guard) : unknownFinding(guard, name);
  return found ?? guarded({ kind: 'unknown', path: name, finding }, drawing);
}

function printGuard(guard: Guard, drawing: Drawing): string {
  const { path } = guard;
  switch (guard.kind) {
    case 'leaf':
      return print(drawing, { kind: 'scalar', path, leaf: guard.leaf });
    case 'absent':
      return print(drawing, { kind: 'nothing', path, finding: absentFinding(guard) });
    case 'unknown':
      return print(drawing, { kind: 'nothing', path, finding: guard.finding });
    default:
      return print(drawing, { kind: 'nothing', path, finding: unprintableFinding(guard) });
  }
}

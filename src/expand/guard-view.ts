import { invariant } from '../model/result.ts';
import { isTraced, type View, type ViewObject } from '../model/view.ts';
import { type Binding, type Drawing, print } from './drawing.ts';
import type { Guard } from './guard.ts';
import { absentFinding, unknownFinding, unprintableFinding } from './view-findings.ts';
import { isViewList } from './view-shape.ts';

const guards = new WeakMap<object, { readonly guard: Guard; readonly drawing: Drawing }>();

/** The guard behind what a template handed over, and the run it belongs to. */
export function judged(value: unknown): { readonly guard: Guard; readonly drawing: Drawing } {
  const found = typeof value === 'object' && value !== null ? guards.get(value) : undefined;
  invariant(found !== undefined, 'a template passed on something that is not of its view');
  return found;
}

/** The same part of the view as something new: Handlebars counts `../` by the contexts that differ, and a loop may meet itself. */
export function entered(item: object): object {
  const { guard, drawing } = judged(item);
  return guarded(guard, drawing);
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
  const binding: Binding =
    guard.kind === 'leaf' ? { kind: 'scalar', path, leaf: guard.leaf } : { kind: 'nothing', path, finding: unprintableFinding(guard) };
  return print(drawing, binding);
}

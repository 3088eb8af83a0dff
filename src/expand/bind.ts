import type { SkeletonPlace } from '../document/parse-skeleton.ts';
import { type Diagnostic, type DiagnosticDefinition, diagnose } from '../model/diagnostic.ts';
import { isList, isObject, type Json } from '../model/json.ts';
import type { Slot } from '../model/manifest.ts';
import { joinPointer, type Pointer } from '../model/pointer.ts';
import { invariant } from '../model/result.ts';
import type { Span } from '../model/source.ts';
import { findingLimit } from './add-once.ts';
import { type Build, listOf, literalOf, mapOf, textOf, typedScalarOf, wholeNodeOf } from './build.ts';
import type { Binding } from './drawing.ts';
import { drawsYaml, everyValueBound, nodeStandsAlone, noValueAsKey } from './drawn-diagnostics.ts';
import { holdsToken, tokenPieces, tokenText } from './placeholder.ts';
import { drawnBy, lineAt, markSpan, type Skeleton } from './skeleton.ts';
import type { TemplateSource } from './template-source.ts';

/** A skeleton made ready for one shape of view: puts the view's leaves where its tokens stand. Maps and lists of the template are new each time. */
export interface Bound {
  readonly slots: readonly Slot[];
  readonly build: Build;
}

interface Binder {
  readonly skeleton: Skeleton;
  readonly places: ReadonlyMap<Pointer, SkeletonPlace>;
  readonly bindings: readonly Binding[];
  readonly numbered: readonly TemplateSource[];
  readonly slots: Slot[];
  readonly findings: Diagnostic[];
  /** Tokens that have found their place. */
  readonly bound: Set<number>;
}

/** Undefined, with findings, when the skeleton is no plain document or a token stands where no value can be bound. */
export function bindSkeleton(
  skeleton: Skeleton,
  bindings: readonly Binding[],
  numbered: readonly TemplateSource[],
  findings: Diagnostic[],
): Bound | undefined {
  const places = new Map(skeleton.places.map((place) => [place.pointer, place]));
  const binder: Binder = { skeleton, places, bindings, numbered, slots: [], findings: [], bound: new Set() };
  for (const { line, problem } of skeleton.faults) report(binder, drawsYaml, { problem }, line);
  const build = binder.findings.length > 0 ? literalOf(null) : bindValue(binder, skeleton.value, '');
  if (binder.findings.length === 0) for (const token of bindings.keys()) if (!binder.bound.has(token)) reportUnbound(binder, token);
  findings.push(...binder.findings);
  return binder.findings.length > 0 ? undefined : { slots: binder.slots, build };
}

function report<P>(binder: Binder, definition: DiagnosticDefinition<P>, params: P, line: number): void {
  if (binder.findings.length < findingLimit) binder.findings.push(diagnose(definition, { params, at: spanAt(binder, line) }));
}

function spanAt({ skeleton, numbered }: Binder, line: number): Span | undefined {
  return markSpan(numbered, drawnBy(skeleton.marks, line));
}

function addSlot({ skeleton, numbered, slots }: Binder, pointer: Pointer, line: number, values: readonly number[]): void {
  const mark = drawnBy(skeleton.marks, line);
  const template = numbered[mark?.template ?? -1];
  if (mark !== undefined && template !== undefined) slots.push({ pointer, template: template.path, line: mark.line, values });
}

function bindValue(binder: Binder, value: Json, pointer: Pointer): Build {
  const place = binder.places.get(pointer);
  invariant(place !== undefined, `the skeleton has no place ${pointer}`);
  if (typeof value === 'string' && holdsToken(value)) return bindText(binder, value, place);
  addSlot(binder, pointer, place.line, []);
  if (isList(value)) return listOf(value.map((item, i) => bindValue(binder, item, joinPointer(pointer, i))));
  if (!isObject(value)) return literalOf(value);
  const entries = Object.entries(value).map(([key, member]) => {
    if (holdsToken(key)) report(binder, noValueAsKey, {}, binder.places.get(joinPointer(pointer, key))?.line ?? place.line);
    return [key, bindValue(binder, member, joinPointer(pointer, key))] as const;
  });
  return mapOf(entries);
}

function bindText(binder: Binder, text: string, place: SkeletonPlace): Build {
  const { pointer, line, plain } = place;
  const pieces = tokenPieces(text);
  const [first] = pieces;
  if (plain && pieces.length === 1 && typeof first === 'number') return bindWhole(binder, first, place);
  const parts = pieces.map((piece) => (typeof piece === 'string' ? piece : leafInText(binder, piece, line)));
  addSlot(
    binder,
    pointer,
    line,
    parts.filter((part) => typeof part === 'number'),
  );
  return textOf(parts, spanAt(binder, line));
}

function bindWhole(binder: Binder, token: number, { pointer, line }: SkeletonPlace): Build {
  const binding = take(binder, token, line);
  const at = spanAt(binder, line);
  if (binding?.kind === 'scalar' || binding?.kind === 'node') {
    addSlot(binder, pointer, line, [binding.leaf]);
    return binding.kind === 'scalar' ? typedScalarOf(binding.leaf, at) : wholeNodeOf(binding.leaf, at);
  }
  addSlot(binder, pointer, line, []);
  if (binding?.kind !== 'items') return literalOf(null);
  for (const [i, leaf] of binding.leaves.entries()) addSlot(binder, joinPointer(pointer, i), line, [leaf]);
  return listOf(binding.leaves.map((leaf) => wholeNodeOf(leaf, at)));
}

/** The leaf printed inside a text; -1 after a finding. */
function leafInText(binder: Binder, token: number, line: number): number {
  const binding = take(binder, token, line);
  if (binding?.kind === 'scalar') return binding.leaf;
  if (binding !== undefined) report(binder, nodeStandsAlone, { field: binding.path }, line);
  return -1;
}

/** Each token stands for its value once; a second one can only be an escape that spells a token. */
function take(binder: Binder, token: number, line: number): Binding | undefined {
  const binding = binder.bound.has(token) ? undefined : binder.bindings[token];
  binder.bound.add(token);
  if (binding === undefined) report(binder, drawsYaml, { problem: 'an escape spells a private-use character' }, line);
  return binding;
}

function reportUnbound(binder: Binder, token: number): void {
  const { text } = binder.skeleton;
  const offset = text.indexOf(tokenText(token));
  const where = /(^|\s)#/.test(text.slice(text.lastIndexOf('\n', offset) + 1, offset)) ? 'a comment' : 'no value';
  report(binder, everyValueBound, { where }, lineAt(text, offset));
}

import type { SkeletonPlace } from '../document/parse-skeleton.ts';
import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import { isList, type Json, type JsonObject } from '../model/json.ts';
import type { Slot } from '../model/manifest.ts';
import type { Traced } from '../model/origin.ts';
import { joinPointer, type Pointer } from '../model/pointer.ts';
import { invariant } from '../model/result.ts';
import { findingLimit } from './add-once.ts';
import type { Binding } from './drawing.ts';
import {
  boundKeysAllowed,
  boundWithinDepth,
  drawsYaml,
  everyValueBound,
  nodeStandsAlone,
  noValueAsKey,
  printsScalars,
} from './drawn-diagnostics.ts';
import { holdsToken, tokenPieces, tokenText } from './placeholder.ts';
import { drawnBy, lineAt, markSpan, type Skeleton } from './skeleton.ts';
import type { TemplateSource } from './template-source.ts';

/** A skeleton made ready for one shape of view: puts the view's leaves where its tokens stand. Literal maps and lists are new each time. */
export interface Bound {
  readonly slots: readonly Slot[];
  readonly build: (leaves: readonly Traced[], findings: Diagnostic[]) => Json;
}

type Build = Bound['build'];

interface Binder {
  readonly skeleton: Skeleton;
  readonly bindings: readonly Binding[];
  readonly numbered: readonly TemplateSource[];
  readonly slots: Slot[];
  readonly findings: Diagnostic[];
  readonly bound: Set<number>;
  readonly places: ReadonlyMap<Pointer, SkeletonPlace>;
}

/** Undefined when a token stands where no value can be bound. */
export function bindSkeleton(
  skeleton: Skeleton,
  bindings: readonly Binding[],
  numbered: readonly TemplateSource[],
  findings: Diagnostic[],
): Bound | undefined {
  const places = new Map(skeleton.places.map((place) => [place.pointer, place]));
  const binder: Binder = { skeleton, bindings, numbered, slots: [], findings, bound: new Set(), places };
  const before = findings.length;
  for (const { line, problem } of skeleton.faults.slice(0, findingLimit))
    findings.push(diagnose(drawsYaml, { params: { problem }, at: spanAt(binder, line) }));
  if (findings.length > before) return undefined;
  const build = bindValue(binder, skeleton.value, '');
  if (findings.length === before) for (const index of bindings.keys()) if (!binder.bound.has(index)) unbound(binder, index);
  return findings.length === before ? { slots: binder.slots, build } : undefined;
}

function bindValue(binder: Binder, value: Json, pointer: Pointer): Build {
  const place = binder.places.get(pointer);
  invariant(place !== undefined, `the skeleton has no place ${pointer}`);
  if (typeof value === 'string' && holdsToken(value)) return bindText(binder, value, pointer, place.line, place.plain);
  addSlot(binder, pointer, place.line, []);
  if (isList(value)) {
    return listOf(value.map((item, i) => bindValue(binder, item, joinPointer(pointer, i))));
  }
  return typeof value === 'object' && value !== null ? bindMap(binder, value, pointer, place.line) : () => value;
}

function bindMap(binder: Binder, map: JsonObject, pointer: Pointer, line: number): Build {
  const entries = Object.entries(map).map(([key, value]) => {
    if (holdsToken(key)) binder.findings.push(diagnose(noValueAsKey, { params: {}, at: spanAt(binder, tokenLine(binder, key) ?? line) }));
    return { key, build: bindValue(binder, value, joinPointer(pointer, key)) };
  });
  return mapOf(entries);
}

function listOf(items: readonly Build[]): Build {
  return (leaves, findings) => {
    const list: Json[] = [];
    for (const item of items) list.push(item(leaves, findings));
    return list;
  };
}

/** Each map starts as a copy of one with the same keys: that is several times faster than adding key after key. */
function mapOf(entries: readonly { readonly key: string; readonly build: Build }[]): Build {
  const keys = entries.map(({ key }) => key);
  const builds = entries.map(({ build }) => build);
  const blank: JsonObject = Object.fromEntries(keys.map((key) => [key, null]));
  return (leaves, findings) => {
    const map: Record<string, Json> = { ...blank };
    for (let i = 0; i < keys.length; i++) map[keys[i] ?? ''] = builds[i]?.(leaves, findings) ?? null;
    return map;
  };
}

function bindText(binder: Binder, text: string, pointer: Pointer, line: number, plain: boolean): Build {
  const pieces = tokenPieces(text);
  const [first] = pieces;
  if (plain && pieces.length === 1 && typeof first === 'number') return bindWhole(binder, first, pointer, line);
  const parts = pieces.map((piece) => (typeof piece === 'string' ? piece : leafInText(binder, piece, line)));
  const values = parts.filter((part) => typeof part === 'number');
  addSlot(binder, pointer, line, values);
  const at = spanAt(binder, line);
  return (leaves, findings) => {
    let bound = '';
    for (const part of parts) {
      const value = typeof part === 'string' ? part : scalarOf(leafAt(leaves, part), findings, at);
      bound += value === null ? '' : String(value);
    }
    return bound;
  };
}

function bindWhole(binder: Binder, token: number, pointer: Pointer, line: number): Build {
  const binding = take(binder, token, line);
  const at = spanAt(binder, line);
  switch (binding?.kind) {
    case 'scalar':
      addSlot(binder, pointer, line, [binding.leaf]);
      return (leaves, findings) => scalarOf(leafAt(leaves, binding.leaf), findings, at);
    case 'node':
      addSlot(binder, pointer, line, [binding.leaf]);
      return (leaves, findings) => nodeOf(leafAt(leaves, binding.leaf), findings);
    case 'items':
      addSlot(binder, pointer, line, []);
      for (const [i, leaf] of binding.leaves.entries()) addSlot(binder, joinPointer(pointer, i), line, [leaf]);
      return (leaves, findings) => binding.leaves.map((leaf) => nodeOf(leafAt(leaves, leaf), findings));
    default:
      return () => null;
  }
}

/** The leaf printed inside a text; -1 after a finding. */
function leafInText(binder: Binder, token: number, line: number): number {
  const binding = take(binder, token, line);
  if (binding?.kind === 'scalar') return binding.leaf;
  if (binding !== undefined) binder.findings.push(diagnose(nodeStandsAlone, { params: { field: binding.path }, at: spanAt(binder, line) }));
  return -1;
}

/** Each token stands for its value once; a second one can only be an escape that spells a token. */
function take(binder: Binder, token: number, line: number): Binding | undefined {
  const binding = binder.bindings[token];
  if (binding !== undefined && !binder.bound.has(token)) {
    binder.bound.add(token);
    return binding;
  }
  binder.findings.push(diagnose(drawsYaml, { params: { problem: 'an escape spells a private-use character' }, at: spanAt(binder, line) }));
  return undefined;
}

function unbound(binder: Binder, token: number): void {
  const { text } = binder.skeleton;
  const offset = text.indexOf(tokenText(token));
  const where = /(^|\s)#/.test(text.slice(text.lastIndexOf('\n', offset) + 1, offset)) ? 'a comment' : 'no value';
  binder.findings.push(diagnose(everyValueBound, { params: { where }, at: spanAt(binder, lineAt(text, offset)) }));
}

function addSlot({ skeleton, numbered, slots }: Binder, pointer: Pointer, line: number, values: readonly number[]): void {
  const mark = drawnBy(skeleton.marks, line);
  const template = numbered[mark?.template ?? -1];
  if (mark !== undefined && template !== undefined) slots.push({ pointer, template: template.path, line: mark.line, values });
}

function tokenLine({ skeleton }: Binder, key: string): number | undefined {
  const token = tokenPieces(key).find((piece) => typeof piece === 'number');
  const offset = token === undefined ? -1 : skeleton.text.indexOf(tokenText(token));
  return offset === -1 ? undefined : lineAt(skeleton.text, offset);
}

function spanAt({ skeleton, numbered }: Binder, line: number) {
  return markSpan(numbered, drawnBy(skeleton.marks, line));
}

function leafAt(leaves: readonly Traced[], index: number): Traced {
  const leaf = leaves[index];
  invariant(leaf !== undefined, 'the view has fewer leaves than its shape');
  return leaf;
}

function scalarOf({ value, origin }: Traced, findings: Diagnostic[], at: ReturnType<typeof spanAt>): Json {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  const found = value === null ? 'null' : isList(value) ? 'a list' : 'a map';
  const related = origin.at === undefined || at === undefined ? [] : [{ message: 'printed here', at }];
  findings.push(diagnose(printsScalars, { params: { found }, at: origin.at ?? at, related }));
  return null;
}

/** Levels of maps and lists inside a bound value. */
const depthLimit = 64;

function nodeOf({ value, origin }: Traced, findings: Diagnostic[]): Json {
  if (typeof value !== 'object' || value === null) return value;
  const problem = problemIn(value, 1);
  if (problem === undefined) return value;
  const { at } = origin;
  findings.push(
    typeof problem === 'string'
      ? diagnose(boundKeysAllowed, { params: { key: problem }, at })
      : diagnose(boundWithinDepth, { params: { limit: problem }, at }),
  );
  return null;
}

/** A key that no manifest may hold, or the depth that was exceeded. */
function problemIn(value: Json, depth: number): string | number | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth > depthLimit) return depthLimit;
  if (isList(value)) {
    for (const item of value) {
      const problem = problemIn(item, depth + 1);
      if (problem !== undefined) return problem;
    }
    return undefined;
  }
  for (const key of Object.keys(value)) {
    if (key === '__proto__' || key === 'constructor' || key === 'prototype') return key;
    const problem = problemIn(value[key] ?? null, depth + 1);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

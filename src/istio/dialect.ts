/**
 * Istio's dialects: which apiVersion, fields and spellings a mesh of 1.<minor> understands.
 * Everything else in the compiler speaks the newest dialect; this page translates on the way in and out.
 */
import { type Json, type JsonObject, sameJson } from '../model/json.ts';
import { joinPointer, type Pointer, parentPointer } from '../model/pointer.ts';
import { rowsFor, rowsOf } from './dialect-rows.ts';
import { apiVersionRows, type FeatureRow, type RespellingRow } from './dialect-table.ts';
import { findUses, withoutRepeats } from './feature-uses.ts';
import { getIn, parsePath, removeIn, rewriteObjects, visitAt } from './json-path.ts';
import { joined, move, toNewer, toOlder } from './respelling.ts';

export const OLDEST_MINOR = 0;
export const NEWEST_MINOR = 31;

/** Something that the mesh does not have: `since` is the first minor that does, `until` the last one, if it has gone again. */
export interface DialectProblem {
  readonly pointer: Pointer;
  readonly feature: string;
  readonly since: number;
  readonly until?: number;
}

/**
 * Where a value stood before → stands now. A value respelled in place has the same pointer twice;
 * one that was dropped, because the mesh does the same without it, points at what held it.
 */
export interface Rename {
  readonly from: Pointer;
  readonly to: Pointer;
}

export type DialectShape =
  | 'VirtualService'
  | 'HTTPRoute'
  | 'DestinationRule'
  | 'TrafficPolicy'
  | 'Gateway'
  | 'Server'
  | 'ServiceEntry'
  | 'Sidecar'
  | 'AuthorizationPolicy';

/** The apiVersion to write for a kind in a mesh of 1.<minor>; undefined when that mesh has no such kind. */
export function apiVersionOf(kind: string, minor: number): string | undefined {
  const row = apiVersionRows.find(({ kinds }) => kinds.some((known) => known === kind));
  return row?.versions.findLast(({ since }) => since <= minor)?.apiVersion;
}

/** The first minor that has the kind; Infinity for a kind that no mesh has. */
export function kindSince(kind: string): number {
  const row = apiVersionRows.find(({ kinds }) => kinds.some((known) => known === kind));
  return row?.versions[0]?.since ?? Number.POSITIVE_INFINITY;
}

/** Old spellings → the newest one. Where both stand, the newer wins, as in Istio. Unchanged values come back as the same object. */
export function modernize(shape: DialectShape, value: JsonObject): { value: JsonObject; renames: readonly Rename[] } {
  const renames: Rename[] = [];
  let result = value;
  for (const { at, respellings } of rowsOf(shape)) {
    if (respellings.length === 0) continue;
    const change = (object: JsonObject, base: Pointer) => respellings.reduce((last, row) => newer(row, last, base, renames), object);
    result = rewriteObjects(result, at, change);
  }
  return { value: result, renames };
}

/**
 * The newest spelling → the spelling of 1.<minor>. What that mesh cannot express stays as it is and is a problem
 * that names the first version that can. Unchanged specs come back as the same object.
 */
export function lower(
  kind: string,
  spec: JsonObject,
  minor: number,
): { value: JsonObject; renames: readonly Rename[]; problems: readonly DialectProblem[] } {
  const renames: Rename[] = [];
  const problems: DialectProblem[] = [];
  let value = spec;
  for (const { at, features, respellings } of rowsFor(kind, minor)) {
    value = rewriteObjects(value, at, (object, base) => {
      const respelled = respellings.reduce((last, row) => older(row, minor, last, base, renames, problems), object);
      return features.reduce((last, row) => withoutImplied(row, last, base, renames), respelled);
    });
    visitAt(value, at, (message, base) => {
      for (const row of features) findUses(message, base, row, problems);
    });
  }
  return { value, renames, problems: withoutRepeats(problems) };
}

/** A spelling that a mesh does not read. */
export interface Misspelling {
  readonly pointer: Pointer;
  readonly written: string;
  /** How that mesh spells it; undefined where it needs no word for it. */
  readonly instead: string | undefined;
}

/** Spellings of a spec, as it is written, that a mesh of 1.<minor> does not read: those that have gone by then, and those that are yet to come. */
export function misspellings(shape: DialectShape, spec: JsonObject, minor: number): readonly Misspelling[] {
  const found: Misspelling[] = [];
  for (const { at, respellings } of rowsOf(shape)) {
    for (const row of respellings.filter((candidate) => readsOne(candidate, minor))) {
      visitAt(spec, at, (message, base) => found.push(...misspelt(row, message, base, minor)));
    }
  }
  return found;
}

/** Whether a mesh reads only one of the two spellings. */
function readsOne({ since, olderSince, olderGone }: RespellingRow, minor: number): boolean {
  return (olderGone !== undefined && minor >= olderGone) || (minor < since && olderSince !== undefined);
}

function misspelt({ older, newer, as, since }: RespellingRow, message: Json, base: Pointer, minor: number): readonly Misspelling[] {
  const [written, instead] = minor < since ? [newer, older] : [older, newer];
  if (written === undefined) return [];
  const steps = parsePath(written);
  const value = getIn(message, steps);
  if (value === undefined) return [];
  const pointer = joinPointer(base, ...steps);
  if (typeof as !== 'object') return [{ pointer, written, instead }];
  // The same field with another word in it.
  return value === as.newer ? [{ pointer, written: as.newer, instead: as.older }] : [];
}

/** The apiVersions by which a mesh of 1.<minor> serves a kind; empty for a kind that it does not have. */
export function servedApiVersions(kind: string, minor: number): readonly string[] {
  const row = apiVersionRows.find(({ kinds }) => kinds.some((known) => known === kind));
  return (row?.versions ?? []).filter(({ since, served = since }) => served <= minor).map(({ apiVersion }) => apiVersion);
}

/** One respelling of one message, from old to new. */
function newer(row: RespellingRow, object: JsonObject, base: Pointer, renames: Rename[]): JsonObject {
  const from = parsePath(row.older);
  const before = getIn(object, from);
  if (before === undefined) return object;
  const to = row.newer === undefined ? undefined : parsePath(row.newer);
  const after = to === undefined ? before : toNewer(row.as, before);
  if (after === undefined) return object;
  // No place leads back to what stands nowhere now; led from its holder, everything in there would point at it.
  if (to === undefined) return removeIn(object, from);
  renames.push({ from: joinPointer(base, ...from), to: joinPointer(base, ...to) });
  return move(object, from, to, row.newer === row.older ? after : joined(row.as, getIn(object, to), after));
}

/** One respelling of one message, from new to old; a problem where the old mesh has no words for the value. */
function older(
  row: RespellingRow,
  minor: number,
  object: JsonObject,
  base: Pointer,
  renames: Rename[],
  problems: DialectProblem[],
): JsonObject {
  if (row.newer === undefined || row.olderSince === undefined) return object;
  const from = parsePath(row.newer);
  const before = getIn(object, from);
  if (before === undefined) return object;
  const pointer = joinPointer(base, ...from);
  if (minor < row.olderSince && row.implied !== undefined && sameJson(before, row.implied)) {
    renames.push({ from: pointer, to: parentPointer(pointer) });
    return removeIn(object, from);
  }
  const after = toOlder(row.as, before);
  if (typeof row.as === 'object' && after === undefined) return object; // another word of the same enum
  if (after === undefined || minor < row.olderSince) {
    problems.push({ pointer, feature: row.newer, since: after === undefined ? row.since : row.olderSince });
    return object;
  }
  const to = parsePath(row.older);
  renames.push({ from: pointer, to: joinPointer(base, ...to) });
  return move(object, from, to, after);
}

/** Leaves out what an older mesh does anyway, e.g. `ringHash: {}` before there was another algorithm. */
function withoutImplied({ implied, path }: FeatureRow, object: JsonObject, base: Pointer, renames: Rename[]): JsonObject {
  if (implied === undefined) return object;
  const steps = parsePath(path);
  const found = getIn(object, steps);
  if (found === undefined || !sameJson(found, implied)) return object;
  const pointer = joinPointer(base, ...steps);
  renames.push({ from: pointer, to: parentPointer(pointer) });
  return removeIn(object, steps);
}

/** Where a spec uses what a mesh may be too old for. */
import { isList, isObject, type Json } from '../model/json.ts';
import { joinPointer, type Pointer, parentPointer } from '../model/pointer.ts';
import type { FeatureRow } from './dialect-table.ts';
import { parsePath, visitAt } from './json-path.ts';

/** A feature, the place that uses it and the first minor that has it. */
export interface FeatureUse {
  readonly pointer: Pointer;
  readonly feature: string;
  readonly since: number;
}

/** Adds a use for each place where the message that stands at `base` has what the row is about. */
export function findUses(message: Json, base: Pointer, row: FeatureRow, uses: FeatureUse[]): void {
  const { only, since } = row;
  const visit = (value: Json, pointer: Pointer) => {
    const report = (where: Pointer, feature: string) => void uses.push({ pointer: where, feature: row.feature ?? feature, since });
    if (only === undefined) report(pointer, row.path);
    else if ('value' in only) {
      if (value === only.value) report(pointer, `${row.path}: ${only.value}`);
    } else if ('text' in only) {
      if (typeof value === 'string' && value.includes(only.text)) report(pointer, row.path);
    } else if ('keyPrefix' in only) {
      for (const key of isObject(value) ? Object.keys(value) : []) {
        if (key.toLowerCase().startsWith(only.keyPrefix)) report(joinPointer(pointer, key), key);
      }
    } else if (isList(value) && !arePercentages(value)) report(pointer, row.path);
  };
  visitAt(message, parsePath(row.path), visit, base);
}

/** Whether weights are what a mesh takes them for up to 1.14; of an only destination's weight it asks nothing but that it is no more than all. */
function arePercentages(destinations: readonly Json[]): boolean {
  const sum = sumOfWeights(destinations);
  return destinations.length > 1 ? sum === 100 : sum <= 100;
}

function sumOfWeights(destinations: readonly Json[]): number {
  const weights = destinations.map((destination) => (isObject(destination) ? destination.weight : undefined));
  return weights.reduce<number>((sum, weight) => sum + (typeof weight === 'number' ? weight : 0), 0);
}

/** One problem per mistake: of two at one place the later version is what is needed; what lies beneath a missing field is not news. */
export function withoutRepeats(uses: readonly FeatureUse[]): readonly FeatureUse[] {
  const byPointer = new Map<Pointer, FeatureUse>();
  for (const use of uses) {
    const known = byPointer.get(use.pointer);
    if (known === undefined || known.since < use.since) byPointer.set(use.pointer, use);
  }
  return [...byPointer.values()].filter(({ pointer, since }) => !saidAbove(pointer, since, byPointer));
}

function saidAbove(pointer: Pointer, since: number, uses: ReadonlyMap<Pointer, FeatureUse>): boolean {
  for (let above = parentPointer(pointer); above !== ''; above = parentPointer(above)) {
    if ((uses.get(above)?.since ?? -1) >= since) return true;
  }
  return false;
}

/** Words of a spec that its mesh takes, but has newer ones for. */
import type { JsonObject } from '../model/json.ts';
import { joinPointer, type Pointer } from '../model/pointer.ts';
import type { DialectShape } from './dialect.ts';
import { rowsOf } from './dialect-rows.ts';
import type { RespellingRow } from './dialect-table.ts';
import { getIn, parsePath, visitAt } from './json-path.ts';

export interface AgedWord {
  readonly pointer: Pointer;
  readonly older: string;
  readonly newer: string;
  /** The first minor that reads the newer one. */
  readonly since: number;
  /** The mesh takes the older one and does nothing with it. */
  readonly ignored: boolean;
}

/** Where a spec, as it is written, speaks as meshes before 1.<minor> did. */
export function agedWords(shape: DialectShape, spec: JsonObject, minor: number): readonly AgedWord[] {
  const found: AgedWord[] = [];
  for (const { at, respellings } of rowsOf(shape)) {
    const aged = respellings.filter((row) => isAged(row, minor));
    if (aged.length === 0) continue;
    visitAt(spec, at, (message, base) => {
      for (const { older, newer = '', as, since, olderIgnored = Number.POSITIVE_INFINITY } of aged) {
        const steps = parsePath(older);
        const value = getIn(message, steps) ?? null;
        if (value === null || (typeof as === 'object' && value !== as.older)) continue;
        const words = typeof as === 'object' ? { older: `${older}: ${as.older}`, newer: as.newer } : { older, newer };
        found.push({ pointer: joinPointer(base, ...steps), ...words, since, ignored: minor >= olderIgnored });
      }
    });
  }
  return found;
}

function isAged({ newer, since, olderGone = Number.POSITIVE_INFINITY }: RespellingRow, minor: number): boolean {
  return newer !== undefined && minor >= since && minor < olderGone;
}

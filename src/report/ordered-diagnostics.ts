import type { LocatedDiagnostic } from '../model/diagnostic.ts';
import { byCodePoint } from '../model/names.ts';

/** Each finding once, by file, place, then code; findings without a place come first. The order of discovery never shows. */
export function orderedDiagnostics(diagnostics: readonly LocatedDiagnostic[]): readonly LocatedDiagnostic[] {
  const seen = new Set<string>();
  return [...diagnostics].sort(byPlace).filter((diagnostic) => {
    const key = JSON.stringify([diagnostic.code, diagnostic.severity, diagnostic.message, diagnostic.at ?? null, diagnostic.related]);
    return !seen.has(key) && seen.add(key);
  });
}

function byPlace(a: LocatedDiagnostic, b: LocatedDiagnostic): number {
  return (
    byCodePoint(a.at?.file ?? '', b.at?.file ?? '') ||
    (a.at?.start ?? -1) - (b.at?.start ?? -1) ||
    (a.at?.end ?? -1) - (b.at?.end ?? -1) ||
    byCodePoint(a.code, b.code) ||
    byCodePoint(a.message, b.message)
  );
}

export interface SeverityCounts {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
}

export function severityCounts(diagnostics: readonly LocatedDiagnostic[]): SeverityCounts {
  let errors = 0;
  let warnings = 0;
  for (const { severity } of diagnostics) {
    if (severity === 'error') errors++;
    else if (severity === 'warning') warnings++;
  }
  return { errors, warnings, infos: diagnostics.length - errors - warnings };
}

/** "2 errors, 1 warning"; empty when there is nothing to count. */
export function countWords(counts: SeverityCounts): string {
  return [plural(counts.errors, 'error'), plural(counts.warnings, 'warning'), plural(counts.infos, 'note')]
    .filter((words) => words !== '')
    .join(', ');
}

function plural(count: number, word: string): string {
  return count === 0 ? '' : `${count} ${word}${count === 1 ? '' : 's'}`;
}

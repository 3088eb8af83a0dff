import type { Diagnostic, LocatedDiagnostic } from '../model/diagnostic.ts';
import type { Locator } from './locate.ts';

/**
 * The findings with every address turned into a place of the text; a related place that no text holds is left out.
 * A word that several manifests come from is told once.
 */
export function locateDiagnostics(diagnostics: readonly Diagnostic[], locator: Locator): readonly LocatedDiagnostic[] {
  const told = new Set<string>();
  return diagnostics
    .map((diagnostic) => located(diagnostic, locator))
    .filter(({ code, message, at }) => {
      const key = JSON.stringify([code, message, at]);
      const isNew = !told.has(key);
      told.add(key);
      return isNew;
    });
}

function located(diagnostic: Diagnostic, locator: Locator): LocatedDiagnostic {
  const { at, related, ...rest } = diagnostic;
  const span = at === undefined ? undefined : locator(at);
  const relatedSpans = related.flatMap(({ message, at: place }) => {
    const where = locator(place);
    return where === undefined ? [] : [{ message, at: where }];
  });
  return { ...rest, related: relatedSpans, ...(span === undefined ? {} : { at: span }) };
}

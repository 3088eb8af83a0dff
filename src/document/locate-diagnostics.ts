import type { Diagnostic, LocatedDiagnostic } from '../model/diagnostic.ts';
import type { Locator } from './locate.ts';

/** The findings with every address turned into a place of the text; a related place that no text holds is left out. */
export function locateDiagnostics(diagnostics: readonly Diagnostic[], locator: Locator): readonly LocatedDiagnostic[] {
  return diagnostics.map((diagnostic) => located(diagnostic, locator));
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

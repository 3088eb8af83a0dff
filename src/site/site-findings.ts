import type { LocatedDiagnostic } from '../model/diagnostic.ts';
import { addressIn, type Intent } from '../model/intent.ts';
import type { SiteFinding } from '../model/site.ts';
import type { RepoPath, Span } from '../model/source.ts';
import { grouped } from './grouped.ts';
import { intentId } from './intent-id.ts';
import type { PlaceFinder } from './place-finder.ts';

/** Findings that are no errors, by the intent whose words they are about; '' = those of none. */
export function siteFindings(
  diagnostics: readonly LocatedDiagnostic[],
  intents: readonly Intent[],
  places: PlaceFinder,
): ReadonlyMap<string, readonly SiteFinding[]> {
  const byFile = grouped(
    intents.flatMap((intent) =>
      intent.layers.flatMap(({ kind, file }): readonly (readonly [RepoPath, Intent])[] => (kind === 'intent' ? [[file, intent]] : [])),
    ),
  );
  return grouped(
    diagnostics.flatMap(({ code, name, severity, message, why, fix, at }): readonly (readonly [string, SiteFinding])[] => {
      if (severity === 'error') return [];
      const candidates = at === undefined ? [] : (byFile.get(at.file) ?? []);
      const about = candidates.length <= 1 ? candidates[0] : candidates.find((intent) => at !== undefined && holds(intent, at, places));
      const place = places.line(at);
      const finding = { code, name, severity, message, why, fix, ...(place === undefined ? {} : { at: place }) };
      return [[about === undefined ? '' : intentId(about), finding]];
    }),
  );
}

/** Of several intents in one file: whether a place is in this one's document. */
function holds(intent: Intent, at: Span, places: PlaceFinder): boolean {
  return intent.layers.some((layer) => {
    const span = layer.file === at.file ? places.span(addressIn(layer, '')) : undefined;
    return span !== undefined && span.start <= at.start && at.start <= span.end;
  });
}

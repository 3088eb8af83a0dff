import { comparisonJson } from './comparison-json.ts';
import { diagnosticsJson } from './diagnostics-json.ts';
import { visibleJson } from './visible-text.ts';
import type { WatchedRound } from './watched-round.ts';

/**
 * One line: `{version: 1, state: 'rendered' | 'held-back', saved: [{path, change}], milliseconds, environments: [{name, files, written?, removed?}],
 * comparisons: as of diff, diagnostics and summary: as of check, refusal?: {message, hints}}`.
 */
export function renderWatchedRoundJson({ comparisons, diagnostics, tree, ...round }: WatchedRound): string {
  const told = { version: 1, ...round, comparisons: comparisons.map(comparisonJson), ...diagnosticsJson(diagnostics, tree) };
  return `${visibleJson(told, 'line')}\n`;
}

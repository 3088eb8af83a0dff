import type { LocatedDiagnostic } from '../model/diagnostic.ts';
import type { FileTree, Span } from '../model/source.ts';
import { orderedDiagnostics, severityCounts } from './ordered-diagnostics.ts';
import { type Region, type Regions, regionsIn } from './region.ts';
import { visibleJson } from './visible-text.ts';

/**
 * Findings for programs. The shape is stable: members are added, never renamed or removed, within one `version`.
 *
 *     {version: 1,
 *      diagnostics: [{code, name, severity: 'error' | 'warning' | 'info', message, why, fix, hints: [text],
 *                     location?: {file, start?: {line, column}, end?: {line, column}},
 *                     related: [{message, location}]}],
 *      summary: {errors, warnings, infos}}
 *
 * Lines and columns count from 1, columns in UTF-16 code units, `end` is the first place after; a file that was not read has only its name.
 */
export function renderDiagnosticsJson(diagnostics: readonly LocatedDiagnostic[], files: FileTree): string {
  return `${visibleJson({ version: 1, ...diagnosticsJson(diagnostics, files) })}\n`;
}

/** The same on one line, so that several can stand beneath one another in a file. */
export function renderDiagnosticsRecord(diagnostics: readonly LocatedDiagnostic[], files: FileTree): string {
  return `${visibleJson({ version: 1, ...diagnosticsJson(diagnostics, files) }, 'line')}\n`;
}

/** The same, for a document that holds more. */
export function diagnosticsJson(diagnostics: readonly LocatedDiagnostic[], files: FileTree) {
  const ordered = orderedDiagnostics(diagnostics);
  const regions = regionsIn(files);
  return { diagnostics: ordered.map((diagnostic) => diagnosticJson(diagnostic, regions)), summary: severityCounts(ordered) };
}

function diagnosticJson(diagnostic: LocatedDiagnostic, regions: Regions) {
  const { code, name, severity, message, why, fix, hints, at, related } = diagnostic;
  return {
    ...{ code, name, severity, message, why, fix, hints },
    ...(at === undefined ? {} : { location: locationJson(at, regions) }),
    related: related.map((other) => ({ message: other.message, location: locationJson(other.at, regions) })),
  };
}

function locationJson(span: Span, regions: Regions): Region | { readonly file: string } {
  return regions.of(span) ?? { file: span.file };
}

import type { LocatedDiagnostic, Severity } from '../model/diagnostic.ts';
import type { FileTree } from '../model/source.ts';
import { orderedDiagnostics } from './ordered-diagnostics.ts';
import { placeOfTheWhole } from './plain-message.ts';
import { regionsIn } from './region.ts';
import { visibleJson, visibleText } from './visible-text.ts';

const severities: Readonly<Record<Severity, string>> = { error: 'major', warning: 'minor', info: 'info' };

/**
 * A Code Quality report for GitLab's merge requests (docs.gitlab.com, "Code Quality report format").
 * A fingerprint says code, file and message, not the line, so a finding that only moved stays the same finding;
 * equal ones in a file are told apart by their order. `hash` gives a hexadecimal digest.
 */
export function renderDiagnosticsGitlab(
  diagnostics: readonly LocatedDiagnostic[],
  files: FileTree,
  hash: (text: string) => string,
): string {
  const regions = regionsIn(files);
  const seen = new Map<string, number>();
  const issues = orderedDiagnostics(diagnostics).map((diagnostic) => {
    const { code, name, severity, message, at } = diagnostic;
    const path = at?.file ?? placeOfTheWhole;
    const identity = JSON.stringify([code, path, message]);
    const ordinal = seen.get(identity) ?? 0;
    seen.set(identity, ordinal + 1);
    return {
      description: visibleText(`${code} ${name}: ${message}`),
      check_name: name,
      fingerprint: hash(JSON.stringify([code, path, message, ordinal])),
      severity: severities[severity],
      location: { path, lines: linesOfPlace(at === undefined ? undefined : regions.of(at)) },
    };
  });
  return `${visibleJson(issues)}\n`;
}

function linesOfPlace(region: { readonly start: { readonly line: number }; readonly end: { readonly line: number } } | undefined) {
  return { begin: region?.start.line ?? 1, end: region?.end.line ?? 1 };
}

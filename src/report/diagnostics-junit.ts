import type { LocatedDiagnostic } from '../model/diagnostic.ts';
import type { FileTree } from '../model/source.ts';
import { orderedDiagnostics } from './ordered-diagnostics.ts';
import { placeOfTheWhole, plainMessage } from './plain-message.ts';
import { regionsIn } from './region.ts';
import { visibleText } from './visible-text.ts';

/**
 * JUnit XML: one test case per finding, named after its code and place. Errors are failures; warnings and notes pass and say so in
 * their output. A clean run is one passing case, because most viewers take a report without cases for a broken one.
 */
export function renderDiagnosticsJunit(diagnostics: readonly LocatedDiagnostic[], files: FileTree): string {
  const ordered = orderedDiagnostics(diagnostics);
  const regions = regionsIn(files);
  const cases = ordered.map((diagnostic) => {
    const file = diagnostic.at?.file ?? placeOfTheWhole;
    const region = diagnostic.at === undefined ? undefined : regions.of(diagnostic.at);
    const place = region === undefined ? file : `${file}:${region.start.line}:${region.start.column}`;
    return caseXml(diagnostic, file, place);
  });
  const failures = ordered.filter((diagnostic) => diagnostic.severity === 'error').length;
  const counts = `tests="${Math.max(1, cases.length)}" failures="${failures}" errors="0" skipped="0"`;
  const body = cases.length === 0 ? ['    <testcase classname="mainsheet" name="no findings"/>\n'] : cases;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    `<testsuites name="mainsheet" ${counts}>\n`,
    `  <testsuite name="mainsheet" ${counts}>\n`,
    ...body,
    '  </testsuite>\n</testsuites>\n',
  ].join('');
}

function caseXml(diagnostic: LocatedDiagnostic, file: string, place: string): string {
  const { code, name, severity, message } = diagnostic;
  const head = `    <testcase classname="${escapeXml(visibleText(file))}" name="${escapeXml(visibleText(`${code} ${name} at ${place}`))}">\n`;
  const text = escapeXml(`${visibleText(place)}\n${plainMessage(diagnostic)}\n`);
  const body =
    severity === 'error'
      ? `      <failure type="${code}" message="${escapeXml(visibleText(message))}">${text}</failure>\n`
      : `      <system-out>${severity === 'info' ? 'note' : severity}: ${text}</system-out>\n`;
  return `${head}${body}    </testcase>\n`;
}

/** The text has no characters that XML 1.0 forbids: they became visible escapes before. */
export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&apos;');
}

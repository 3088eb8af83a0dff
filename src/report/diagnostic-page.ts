import type { Severity } from '../model/diagnostic.ts';
import { palette } from './palette.ts';
import { wrappedText } from './wrapped-text.ts';

/** What a definition says of itself, whatever its parameters. */
export interface DiagnosticPage {
  readonly code: string;
  readonly name: string;
  readonly severity: Severity;
  readonly why: string;
  readonly fix: string;
  readonly since: string;
  readonly alias?: string;
}

/** The page of a diagnostic code, for a terminal. */
export function renderDiagnosticPage(page: DiagnosticPage, options: { readonly color: boolean; readonly width?: number }): string {
  const { strong, severity } = palette(options.color);
  const paragraph = (title: string, text: string): string => `${strong(title)}\n${indented(text, options.width ?? 100)}\n`;
  const head = `${severity[page.severity](`${page.severity === 'info' ? 'note' : page.severity}[${page.code}]`)} ${strong(page.name)}\n`;
  const origin = [`Since ${page.since}.`, page.alias === undefined ? '' : `Elsewhere known as ${page.alias}.`]
    .filter((words) => words !== '')
    .join(' ');
  return [head, paragraph('Why it matters', page.why), paragraph('What to write', page.fix), `${origin}\n`].join('\n');
}

function indented(text: string, width: number): string {
  return wrappedText(text, width - 2)
    .map((line) => `  ${line}`)
    .join('\n');
}

import { hash } from 'node:crypto';
import type { LocatedDiagnostic } from '../model/diagnostic.ts';
import type { FileTree } from '../model/source.ts';
import { type DiagnosticsFormatName, diagnosticFormats } from '../report/formats.ts';
import { type CliContext, hasColor, type Output } from './cli-context.ts';

export interface Findings {
  readonly diagnostics: readonly LocatedDiagnostic[];
  /** The texts that the findings speak of. */
  readonly tree: FileTree;
  /** The folder of the tree as seen from where the command runs, so that editors and forges find the files: '' or 'mesh/'. */
  readonly prefix: string;
}

/** Writes findings in one of the formats; nothing for people or GitHub when there are none, an empty report in the others. */
export function reportFindings(context: CliContext, findings: Findings, format: DiagnosticsFormatName, output: Output): void {
  const { prefix, tree } = findings;
  const diagnostics = findings.diagnostics.map((diagnostic) => ({
    ...diagnostic,
    ...(diagnostic.at === undefined ? {} : { at: { ...diagnostic.at, file: `${prefix}${diagnostic.at.file}` } }),
    related: diagnostic.related.map((other) => ({ ...other, at: { ...other.at, file: `${prefix}${other.at.file}` } })),
  }));
  const files = prefix === '' ? tree : new Map([...tree].map(([path, text]) => [`${prefix}${path}`, text]));
  const { columns } = output;
  const text = diagnosticFormats[format](diagnostics, files, {
    color: hasColor(output),
    ...(columns === undefined ? {} : { width: Math.min(140, Math.max(60, columns)) }),
    version: context.version,
    hash: (value) => hash('sha256', value),
  });
  if (text !== '') output.write(text);
}

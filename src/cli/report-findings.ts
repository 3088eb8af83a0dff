import { hash } from 'node:crypto';
import type { LocatedDiagnostic } from '../model/diagnostic.ts';
import type { FileTree } from '../model/source.ts';
import { type DiagnosticsFormatName, diagnosticFormats } from '../report/formats.ts';
import { type CliContext, hasColor, type Output } from './cli-context.ts';
import { recordFindings } from './findings-record.ts';

export interface Findings {
  readonly diagnostics: readonly LocatedDiagnostic[];
  /** The texts that the findings speak of. */
  readonly tree: FileTree;
  /** The folder of the tree as seen from where the command runs, so that editors and forges find the files: '' or 'mesh/'. */
  readonly prefix: string;
}

/** Writes findings in one of the formats; nothing for people or GitHub when there are none, an empty report in the others. */
export function reportFindings(context: CliContext, findings: Findings, format: DiagnosticsFormatName, output: Output): void {
  const { diagnostics, tree } = fromWorkingFolder(findings);
  recordFindings(context, diagnostics, tree);
  const text = findingsText(context, findings, format, output);
  if (text !== '') output.write(text);
}

/** What `reportFindings` writes, as it suits the reader of the output. */
export function findingsText(context: CliContext, findings: Findings, format: DiagnosticsFormatName, output: Output): string {
  const { diagnostics, tree } = fromWorkingFolder(findings);
  const { columns } = output;
  return diagnosticFormats[format](diagnostics, tree, {
    color: hasColor(output),
    ...(columns === undefined ? {} : { width: Math.min(140, Math.max(60, columns)) }),
    version: context.version,
    hash: (value) => hash('sha256', value),
  });
}

/** The same with all paths as seen from where the command runs. */
export function fromWorkingFolder({ diagnostics, tree, prefix }: Findings): Omit<Findings, 'prefix'> {
  if (prefix === '') return { diagnostics, tree };
  return {
    diagnostics: diagnostics.map((diagnostic) => ({
      ...diagnostic,
      ...(diagnostic.at === undefined ? {} : { at: { ...diagnostic.at, file: `${prefix}${diagnostic.at.file}` } }),
      related: diagnostic.related.map((other) => ({ ...other, at: { ...other.at, file: `${prefix}${other.at.file}` } })),
    })),
    tree: new Map([...tree].map(([path, text]) => [`${prefix}${path}`, text])),
  };
}

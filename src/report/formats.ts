import type { LocatedDiagnostic } from '../model/diagnostic.ts';
import type { FileTree } from '../model/source.ts';
import { renderDiagnosticsGithub } from './diagnostics-github.ts';
import { renderDiagnosticsGitlab } from './diagnostics-gitlab.ts';
import { renderDiagnosticsJson } from './diagnostics-json.ts';
import { renderDiagnosticsJunit } from './diagnostics-junit.ts';
import { renderDiagnosticsSarif } from './diagnostics-sarif.ts';
import { renderDiagnosticsText } from './diagnostics-text.ts';

/** What some format needs to know beside the findings. */
export interface ReportSettings {
  readonly color: boolean;
  readonly width?: number;
  /** Mainsheet's own. */
  readonly version: string;
  /** SHA-256, hexadecimal. */
  readonly hash: (text: string) => string;
}

export type DiagnosticsFormat = (diagnostics: readonly LocatedDiagnostic[], files: FileTree, settings: ReportSettings) => string;

export const diagnosticsFormatNames = ['text', 'json', 'sarif', 'github', 'gitlab', 'junit'] as const;

export type DiagnosticsFormatName = (typeof diagnosticsFormatNames)[number];

/** Every form in which findings can be had, by the name that people write after `--format` or `--diagnostics`. */
export const diagnosticFormats: Readonly<Record<DiagnosticsFormatName, DiagnosticsFormat>> = {
  text: renderDiagnosticsText,
  json: renderDiagnosticsJson,
  sarif: renderDiagnosticsSarif,
  github: renderDiagnosticsGithub,
  gitlab: (diagnostics, files, settings) => renderDiagnosticsGitlab(diagnostics, files, settings.hash),
  junit: renderDiagnosticsJunit,
};

import type { ChangeReport } from '../model/change-report.ts';
import { visibleJson } from './visible-text.ts';

/** `{version: 1, changes: [{environment?, verdict, objects, failure?, refusal?, phases, notes}]}`; files by path. */
export function renderChangesJson(reports: readonly ChangeReport[]): string {
  const changes = reports.map((report) => ({
    ...report,
    phases: report.phases.map((phase) => ({ ...phase, files: Object.fromEntries(phase.files) })),
  }));
  return `${visibleJson({ version: 1, changes })}\n`;
}

import { isError } from '../model/diagnostic.ts';
import type { FileTree } from '../model/source.ts';
import type { TestRun } from '../model/test-run.ts';
import { regionsIn } from './region.ts';
import { visibleJson } from './visible-text.ts';

/**
 * Test runs for programs; members are added, never renamed or removed, within one `version`.
 *
 *     {version: 1, runs: [{title, tests: [{name, passed, requests, location?, findings: [{code, severity, message, location?}]}],
 *                          findings: […], coverage: {routes, tested, untested: [{message, location?}]}}]}
 */
export function renderTestRunsJson(runs: readonly (readonly [title: string, run: TestRun])[], files: FileTree): string {
  const regions = regionsIn(files);
  const finding = ({ code, severity, message, at }: TestRun['unread'][number]) => ({
    ...{ code, severity, message },
    ...(at === undefined ? {} : { location: regions.of(at) ?? { file: at.file } }),
  });
  const document = {
    version: 1,
    runs: runs.map(([title, { cases, unread, coverage }]) => ({
      title,
      tests: cases.map(({ name, at, requests, diagnostics }) => ({
        name,
        passed: !diagnostics.some(isError),
        requests,
        ...(at === undefined ? {} : { location: regions.of(at) ?? { file: at.file } }),
        findings: diagnostics.map(finding),
      })),
      findings: unread.map(finding),
      coverage: { routes: coverage.routes, tested: coverage.tested, untested: coverage.diagnostics.map(finding) },
    })),
  };
  return `${visibleJson(document)}\n`;
}

import { isError } from '../model/diagnostic.ts';
import type { FileTree } from '../model/source.ts';
import type { TestRun } from '../model/test-run.ts';
import { escapeXml } from './diagnostics-junit.ts';
import { plainMessage } from './plain-message.ts';
import { regionsIn } from './region.ts';
import { visibleText } from './visible-text.ts';

/** JUnit XML: a suite for each environment, a test case for each case; what is wrong with a test file is a failed case of its own. */
export function renderTestRunsJunit(runs: readonly (readonly [title: string, run: TestRun])[], files: FileTree): string {
  const regions = regionsIn(files);
  const placeOf = (at: TestRun['unread'][number]['at']): string => {
    const region = at === undefined ? undefined : regions.of(at);
    return region === undefined ? (at?.file ?? '') : `${at?.file}:${region.start.line}:${region.start.column}`;
  };
  const suites = runs.map(([title, { cases, unread }]) => {
    const rows = [
      ...cases.map(({ name, at, diagnostics }) => ({ name, at, found: diagnostics })),
      ...unread.filter(isError).map((one) => ({ name: `${one.code} ${one.name}`, at: one.at, found: [one] })),
    ];
    const failures = rows.filter(({ found }) => found.some(isError)).length;
    const bodies = rows.map(({ name, at, found }) => {
      const parts = found.map((one) => {
        const text = escapeXml(`${visibleText(placeOf(one.at))}\n${plainMessage(one)}\n`);
        return isError(one)
          ? `      <failure type="${one.code}" message="${escapeXml(visibleText(one.message))}">${text}</failure>\n`
          : `      <system-out>${text}</system-out>\n`;
      });
      const head = `    <testcase classname="${escapeXml(visibleText(at?.file ?? title))}" name="${escapeXml(visibleText(name))}"`;
      return parts.length === 0 ? `${head}/>\n` : `${head}>\n${parts.join('')}    </testcase>\n`;
    });
    const counts = { tests: rows.length, failures };
    return {
      counts,
      text: `  <testsuite name="${escapeXml(visibleText(title))}" ${attributes(counts)}>\n${bodies.join('')}  </testsuite>\n`,
    };
  });
  const sum = (key: 'tests' | 'failures') => suites.reduce((total, { counts }) => total + counts[key], 0);
  const head = `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="mainsheet" ${attributes({ tests: sum('tests'), failures: sum('failures') })}>\n`;
  return `${head}${suites.map(({ text }) => text).join('')}</testsuites>\n`;
}

function attributes({ tests, failures }: { readonly tests: number; readonly failures: number }): string {
  return `tests="${tests}" failures="${failures}" errors="0" skipped="0"`;
}

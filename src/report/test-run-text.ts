import { isError } from '../model/diagnostic.ts';
import type { FileTree } from '../model/source.ts';
import type { TestRun } from '../model/test-run.ts';
import { regionsIn } from './region.ts';
import { visibleText } from './visible-text.ts';

/** 'prod: 12 tests, 15 requests, all as expected', and where that is asked, which routes they don't touch. */
export function testRunSummary(title: string, run: TestRun, coverage?: { readonly files: FileTree; readonly prefix: string }): string {
  const { cases, unread } = run;
  const failing = cases.filter(({ diagnostics }) => diagnostics.some(isError)).length;
  const requests = cases.reduce((sum, one) => sum + one.requests, 0);
  const came = failing > 0 ? `${failing} of ${cases.length} fail` : 'all as expected';
  const what = cases.length === 0 ? 'no tests' : `${count(cases.length, 'test')}, ${count(requests, 'request')}, ${came}`;
  const broken = unread.some(isError) ? '; not all test files could be read' : '';
  return `${title}: ${what}${broken}\n${coverage === undefined ? '' : coverageText(title, run, coverage)}`;
}

function coverageText(
  title: string,
  { coverage: { routes, tested, diagnostics } }: TestRun,
  { files, prefix }: { readonly files: FileTree; readonly prefix: string },
): string {
  const regions = regionsIn(files);
  const share = routes === 0 ? 100 : Math.floor((100 * tested) / routes);
  const left = diagnostics.map(({ message, at }) => {
    const region = at === undefined ? undefined : regions.of(at);
    const place = at === undefined ? '' : `  ${prefix}${at.file}${region === undefined ? '' : `:${region.start.line}`}`;
    return `  ${visibleText(`${message}${place}`)}\n`;
  });
  return `${title}: ${tested} of ${count(routes, 'route')} tested (${share} %)\n${left.join('')}`;
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}

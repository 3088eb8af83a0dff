import { isError } from '../model/diagnostic.ts';
import type { TestRun } from '../model/test-run.ts';

/** 'prod: 12 tests, 15 requests, all as expected', and how many routes they touch where that is asked. */
export function testRunSummary(title: string, { cases, unread, coverage }: TestRun, withCoverage: boolean): string {
  const failing = cases.filter(({ diagnostics }) => diagnostics.some(isError)).length;
  const requests = cases.reduce((sum, one) => sum + one.requests, 0);
  const what = `${count(cases.length, 'test')}, ${count(requests, 'request')}`;
  const came = failing > 0 ? `${failing} of ${cases.length} fail` : unread.some(isError) ? 'not all could be read' : 'all as expected';
  const share = coverage.routes === 0 ? 100 : Math.floor((100 * coverage.tested) / coverage.routes);
  const touched = withCoverage ? [`${title}: ${coverage.tested} of ${count(coverage.routes, 'route')} tested (${share} %)\n`] : [];
  return [`${title}: ${cases.length === 0 ? 'no tests' : `${what}, ${came}`}\n`, ...touched].join('');
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}

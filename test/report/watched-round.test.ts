import { expect, test } from 'vitest';
import type { LocatedDiagnostic } from '../../src/model/diagnostic.ts';
import { plainPalette } from '../../src/report/palette.ts';
import type { WatchedRound } from '../../src/report/watched-round.ts';
import { renderWatchedRoundJson } from '../../src/report/watched-round-json.ts';
import { renderWatchedRoundText } from '../../src/report/watched-round-text.ts';
import { aDiagnostic } from './report-fixtures.ts';

const round: WatchedRound = {
  state: 'rendered',
  saved: [],
  milliseconds: 12.4,
  environments: [],
  comparisons: [],
  diagnostics: [],
  tree: new Map(),
};

function told(changes: Partial<WatchedRound>, known: readonly LocatedDiagnostic[] = [], hasRendered = true): string {
  return renderWatchedRoundText(
    { ...round, ...changes },
    {
      ...{ palette: plainPalette, known, hasRendered, rendered: 'rendered', print: () => '' },
      findings: (diagnostics) => diagnostics.map(({ severity, message }) => `${severity}: ${message}\n`).join(''),
    },
  );
}

test('files of one save are named, of a checkout counted', () => {
  const saved = [1, 2, 3, 4, 5, 6].map((i) => ({ path: `a${i}.yaml`, change: 'changed' as const }));
  const gone = { path: 'old\u001b[31m.yaml', change: 'removed' as const };
  expect(told({ saved: [...saved, gone] })).toBe(
    'saved a1.yaml, a2.yaml, a3.yaml and 3 more; removed old\\x1b[31m.yaml\nNo rendered file changes. (12 ms)\n',
  );
});

test('folders stand beneath one another, with what was done to them', () => {
  const environments = [
    { name: 'dev', files: 1, written: 0, removed: 2 },
    { name: 'staging', files: 10, written: 3, removed: 0 },
    { name: 'prod', files: 4 },
  ];
  expect(told({ environments })).toBe('dev      1 file, 2 removed\nstaging  10 files, 3 written\nprod     4 files, none written (12 ms)\n');
});

test('a warning is told once, an error as long as it is there', () => {
  const warning = aDiagnostic({ severity: 'warning', message: 'wide' });
  const error = aDiagnostic({ message: 'broken' });
  const all = { state: 'held-back' as const, diagnostics: [warning, error] };
  expect(told(all)).toContain('warning: wide\nerror: broken\nNothing is written: rendered/ stays');
  expect(told(all, [warning, error])).toMatch(/^error: broken\nNothing is written: rendered\/ stays/);
  expect(told(all, [], false)).toContain('Nothing is written yet');
});

test('for programs it is one line, however many there are in a text', () => {
  const line = renderWatchedRoundJson({ ...round, diagnostics: [aDiagnostic({ message: 'one\ntwo\u2028three' })] });
  expect(line.split(/[\n\u2028]/)).toHaveLength(2);
  expect(JSON.parse(line)).toMatchObject({
    version: 1,
    state: 'rendered',
    diagnostics: [{ message: 'one\ntwo\u2028three' }],
    summary: { errors: 1 },
  });
  expect(JSON.parse(line)).not.toHaveProperty('tree');
});

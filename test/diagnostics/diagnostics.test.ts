import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalog } from '../../src/catalog.ts';
import type { LocatedDiagnostic } from '../../src/model/diagnostic.ts';
import { lineStarts, positionIn } from '../../src/model/position.ts';
import type { FileTree } from '../../src/model/source.ts';
import { createCompiler } from '../../src/pipeline.ts';
import { renderDiagnosticsText } from '../../src/report/diagnostics-text.ts';
import { orderedDiagnostics } from '../../src/report/ordered-diagnostics.ts';
import { isAboutInput } from '../support/about-input.ts';
import { actCase } from './act-case.ts';
import { outsideCases } from './outside-cases.ts';
import { type CaseAbout, readCase } from './read-case.ts';

const here = import.meta.dirname;
const update = process.env.UPDATE_GOLDEN === '1';
const folders = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();

describe('every code has its smallest example, and every example its code', () => {
  it('lists the same on both sides', () => {
    expect(folders).toEqual(catalog.map(({ code }) => code));
  });
});

const cases = folders.map((code) => ({ code, one: readCase(join(here, code)) }));
const reachable = cases.filter(({ one }) => one.about.never === undefined && one.about.outside === undefined);
const outside = cases.filter(({ one }) => one.about.outside !== undefined);

describe.each(reachable)('$code', ({ code, one }) => {
  it('is reported as expected, once, at the words that cause it', () => {
    const acted = actCase(one);
    const reported = acted.diagnostics.filter((finding) => finding.code === code || !isAboutInput(finding));
    const diagnostics = orderedDiagnostics(reported);
    const report = renderDiagnosticsText(reported, acted.tree, { color: false });
    expect(diagnostics.map((finding) => finding.code).sort()).toEqual([code, ...(one.about.beside ?? [])].sort());
    const finding = diagnostics.find((candidate) => candidate.code === code);
    expect(placeOf(finding, acted.tree), 'the place of the finding').toEqual({ at: one.about.at, marks: expectedMarks(one.about) });
    const golden = join(one.folder, 'expected.txt');
    if (update) writeFileSync(golden, report);
    expect(report).toBe(readFileSync(golden, 'utf8'));
    expect(report).toContain(`[${code}] ${finding?.name}: `);
    expect(finding?.message, 'a summary is a clause, without a full stop').toMatch(/[^.\s]$/);
  });
});

describe('what stands around the files', () => {
  it('is acted out for each code that says so', () => {
    expect(Object.keys(outsideCases)).toEqual(outside.map(({ code }) => code));
  });

  it.for(outside)('$code is reported as expected', async ({ code, one }, { skip }) => {
    if (code === 'MS8042') skip(process.getuid?.() !== 0, 'only root can give files to another user');
    const { diagnostics, made } = (await outsideCases[code]?.()) ?? { diagnostics: [], made: undefined };
    const located = createCompiler(new Map()).locate(diagnostics);
    expect(located.map((finding) => [finding.code, finding.at?.file ?? 'none'])).toEqual([[code, one.about.at]]);
    const report = renderDiagnosticsText(located, new Map(), { color: false })
      .replaceAll(made?.folder ?? '', '/home/jason')
      .replace(/(Failed to connect to \S+ port \d+).*/, '$1');
    const golden = join(one.folder, 'expected.txt');
    if (update) writeFileSync(golden, report);
    expect(report).toBe(readFileSync(golden, 'utf8'));
  });
});

describe('codes that no input leads to', () => {
  it('are the ones that were looked at, and have no example', () => {
    const unreached = cases.filter(({ one }) => one.about.never !== undefined);
    expect(unreached.map(({ code }) => code)).toEqual([
      'MS1052',
      'MS2007',
      'MS2027',
      'MS4025',
      'MS4026',
      'MS4081',
      'MS4518',
      'MS4607',
      'MS4608',
      'MS4609',
      'MS8015',
      'MS8016',
      'MS8020',
      'MS8021',
      'MS8022',
      'MS8024',
      'MS8025',
      'MS8026',
      'MS8054',
    ]);
    for (const { one } of unreached) expect(readdirSync(one.folder)).toEqual(['case.yaml']);
  });
});

interface Place {
  readonly at: string;
  readonly marks: string | undefined;
}

/** Where a finding stands, as `case.yaml` writes it. */
function placeOf(finding: LocatedDiagnostic | undefined, tree: FileTree): Place {
  const span = finding?.at;
  const text = span === undefined ? undefined : tree.get(span.file);
  if (span === undefined || text === undefined) return { at: span?.file ?? 'none', marks: undefined };
  const { line } = positionIn(text, lineStarts(text), span.start);
  const marks = text.slice(span.start, span.end).split('\n', 1)[0]?.trimEnd() ?? '';
  return { at: `${span.file}:${line}`, marks: marks === '' ? undefined : shortened(marks) };
}

const longest = 80;

function expectedMarks({ marks }: CaseAbout): string | undefined {
  return marks === undefined ? undefined : shortened(marks);
}

function shortened(marks: string): string {
  return marks.length > longest ? `${marks.slice(0, longest)}…` : marks;
}

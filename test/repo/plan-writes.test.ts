import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkRendered } from '../../src/repo/check-rendered.ts';
import { exitClassOf } from '../../src/repo/exit-class.ts';
import { withMark } from '../../src/repo/mark.ts';
import { planWrites, type RenderPlan, type WriteOptions } from '../../src/repo/plan-writes.ts';
import type { RenderedEntry, RenderedFolder } from '../../src/repo/rendered-folder.ts';

const old = withMark('weight: 10\n');
const now = withMark('weight: 20\n');
const edited = now.replace('20', '30');

function folder(entries: { readonly [path: string]: string | Exclude<RenderedEntry['kind'], 'file'> }): RenderedFolder {
  const kinds = ['folder', 'symlink', 'special', 'temporary'];
  return new Map(
    Object.entries(entries).map(([path, entry]) => {
      const kind = kinds.find((known) => known === entry);
      return [path, kind === undefined ? { kind: 'file', text: entry } : ({ kind } as RenderedEntry)];
    }),
  );
}

function plan(existing: RenderedFolder, desired: { readonly [path: string]: string }, options: WriteOptions = {}): RenderPlan {
  return planWrites(existing, new Map(Object.entries(desired)), 'rendered/prod', options);
}

function refusals(made: RenderPlan): readonly string[] {
  return made.refusals.map(({ code, message }) => `${code} ${message}`);
}

/** `count` files rendered by an earlier run. */
function rendered(count: number, prefix = 'service/s'): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`${prefix}${i}.yaml`, old]));
}

describe('planWrites', () => {
  it('creates, updates, keeps and removes', () => {
    const made = plan(folder({ ...rendered(5), 'service/gone.yaml': old, 'service/same.yaml': now }), {
      ...rendered(5),
      'service/s0.yaml': now,
      'service/same.yaml': now,
      'service/new.yaml': now,
    });
    expect(made).toEqual({
      create: ['service/new.yaml'],
      update: ['service/s0.yaml'],
      unchanged: ['service/s1.yaml', 'service/s2.yaml', 'service/s3.yaml', 'service/s4.yaml', 'service/same.yaml'],
      remove: ['service/gone.yaml'],
      temporary: [],
      refusals: [],
    });
  });

  it('takes a checkout with CRLF for what it is', () => {
    const made = plan(folder({ 'a.yaml': now.replaceAll('\n', '\r\n'), 'b.yaml': old.replaceAll('\n', '\r\n') }), {
      'a.yaml': now,
      'b.yaml': now,
    });
    expect(made).toMatchObject({ unchanged: ['a.yaml'], update: ['b.yaml'], refusals: [] });
  });

  it('names temporary files of a killed run, and has no quarrel with them', () => {
    expect(plan(folder({ '.mainsheet-0123456789abcdef.tmp': 'temporary' }), {})).toMatchObject({
      temporary: ['.mainsheet-0123456789abcdef.tmp'],
      refusals: [],
    });
  });

  it('insists on marked texts: an unmarked one could never be changed again', () => {
    expect(() => plan(folder({}), { 'a.yaml': 'kind: Gateway\n' })).toThrow('no valid mark');
  });
});

describe('P07: files that are not as they were rendered', () => {
  it('refuses to overwrite or remove what was edited by hand, unless asked to', () => {
    const existing = folder({ ...rendered(9), 'a.yaml': edited, 'stray.yaml': edited });
    const desired = { ...rendered(9), 'a.yaml': now };
    expect(refusals(plan(existing, desired))).toEqual([
      'MS8003 edited by hand after rendering: rendered/prod/a.yaml, rendered/prod/stray.yaml',
    ]);
    expect(plan(existing, desired, { overwriteEdited: true })).toMatchObject({ update: ['a.yaml'], remove: ['stray.yaml'], refusals: [] });
  });

  it('refuses to overwrite what is not its own, with or without flags', () => {
    const existing = folder({ 'a.yaml': 'kind: Gateway\n', 'b.yaml': 'folder', 'c.yaml': 'special', service: 'a note' });
    const desired = { 'a.yaml': now, 'b.yaml': now, 'c.yaml': now, 'service/d.yaml': now };
    const all = { overwriteEdited: true, allowPrune: true };
    expect(refusals(plan(existing, desired, all))).toEqual([
      'MS8004 the render needs paths that hold something Mainsheet did not write: ' +
        'rendered/prod/a.yaml, rendered/prod/b.yaml, rendered/prod/c.yaml, rendered/prod/service',
    ]);
  });

  it('refuses manifests of others beside its own, and leaves other files alone', () => {
    const existing = folder({
      'README.md': '# prod\n',
      '.gitkeep': '',
      'notes/x.txt': 'text',
      'extra/gateway.YML': 'kind: Gateway\n',
      'extra/list.json': '{}',
      'mine.yaml': 'kind: Gateway\n',
      Kustomization: 'kind: Kustomization\n',
      'pipe.yaml': 'special',
    });
    expect(refusals(plan(existing, { 'a.yaml': now }))).toEqual([
      'MS8005 the output folder holds manifests that Mainsheet did not write: rendered/prod/Kustomization, ' +
        'rendered/prod/extra/gateway.YML, rendered/prod/extra/list.json, rendered/prod/mine.yaml, rendered/prod/pipe.yaml',
    ]);
  });

  it('refuses any symbolic link', () => {
    const existing = folder({ 'a.yaml': 'symlink', extra: 'symlink', latest: 'symlink' });
    expect(plan(existing, { 'a.yaml': now, 'extra/b.yaml': now }).refusals.map(({ code }) => code)).toEqual(['MS8001', 'MS8001', 'MS8001']);
  });

  it('names ten files and counts the rest', () => {
    const [message] = refusals(plan(folder(Object.fromEntries(Array.from({ length: 13 }, (_, i) => [`f${i}.yaml`, 'x: 1\n']))), {}));
    expect(message).toMatch(/f0\.yaml, .*f6\.yaml and 3 more$/);
  });
});

describe('P08: prune', () => {
  const allBut = (kept: number, total: number, options: WriteOptions = {}): RenderPlan =>
    plan(folder(rendered(total)), rendered(kept), options);

  it('removes up to a fifth, and no more unless allowed', () => {
    expect(allBut(8, 10)).toMatchObject({ remove: ['service/s8.yaml', 'service/s9.yaml'], refusals: [] });
    expect(refusals(allBut(7, 10))).toEqual([
      'MS8006 3 of 10 rendered files would be removed: ' +
        'rendered/prod/service/s7.yaml, rendered/prod/service/s8.yaml, rendered/prod/service/s9.yaml',
    ]);
    expect(allBut(7, 10, { allowPrune: true }).refusals).toEqual([]);
  });

  it('does not remove the last file, nor all of them, unless allowed', () => {
    expect(refusals(allBut(0, 1))).toEqual(['MS8006 1 of 1 rendered files would be removed: rendered/prod/service/s0.yaml']);
    expect(refusals(allBut(0, 500))).toHaveLength(1);
    expect(allBut(0, 500, { allowPrune: true }).remove).toHaveLength(500);
  });

  it('does not count the kustomization, which is there even when nothing else is', () => {
    const kustomized = { 'kustomization.yaml': old };
    expect(refusals(plan(folder({ ...kustomized, ...rendered(4) }), { ...kustomized, ...rendered(3) }))).toHaveLength(1);
    expect(refusals(plan(folder({ ...kustomized, ...rendered(1) }), { 'kustomization.yaml': now }))).toHaveLength(1);
    expect(plan(folder({ ...kustomized, ...rendered(1) }), rendered(1))).toMatchObject({ remove: ['kustomization.yaml'], refusals: [] });
  });

  it('counts edited files that it was asked to remove', () => {
    const existing = folder({ ...rendered(4), 'x.yaml': edited, 'y.yaml': edited });
    expect(plan(existing, rendered(4), { overwriteEdited: true }).refusals.map(({ code }) => code)).toEqual(['MS8006']);
  });

  it('never plans to remove or replace what carries no intact mark (property)', () => {
    const text = fc.constantFrom(old, now, edited, 'kind: Gateway\n', '', '# mainsheet\n');
    const path = fc.constantFrom('a.yaml', 'b.yaml', 'c.md', 'd/e.yaml', 'd/f.json', 'kustomization.yaml');
    const wanted = fc.dictionary(path, fc.constantFrom(old, now));
    fc.assert(
      fc.property(fc.dictionary(path, text), wanted, fc.boolean(), (existing, desired, allowPrune) => {
        const made = plan(folder(existing), desired, { allowPrune });
        for (const touched of [...made.update, ...made.remove]) expect([old, now]).toContain(existing[touched]);
        const planned = [...made.create, ...made.update, ...made.unchanged];
        if (made.refusals.length === 0) expect(planned.sort()).toEqual(Object.keys(desired).sort());
      }),
      { seed: 1, numRuns: 1000 },
    );
  });
});

describe('P01, P05, P06: paths that are never written', () => {
  it.each([
    '../x.yaml',
    '/etc/x.yaml',
    'a/../b.yaml',
    'a\\b.yaml',
    'C:x.yaml',
    '%2e%2e/x.yaml',
    '-x.yaml',
    '~x.yaml',
    'x.yaml.',
    'x.yaml ',
    './x.yaml',
    'a//x.yaml',
    '',
    'caf\u00E9.yaml',
    '.hidden.yaml',
    '.git',
    '.GIT/config',
    '.git./x',
    '.git /x',
    'git~1/x',
    '.gitmodules',
    '.gitattributes',
    '.github/workflows/x.yaml',
    '.gitlab-ci.yml',
    'CON',
    'service/nul.yaml',
    'service/aux.b.yaml',
    'com1/x.yaml',
    'Lpt9.yaml',
    `${'a'.repeat(256)}.yaml`,
    `${'abc/'.repeat(1100)}x.yaml`,
  ])('%j', (path) => {
    const made = plan(folder({}), { [path]: now });
    expect(made.refusals.map(({ code }) => [code, exitClassOf(code)])).toEqual([['MS1080', 'input']]);
  });

  it.each([
    'service/console.yaml',
    'service/auxiliary.yaml',
    'service/com10.yaml',
    'VirtualService/ns.reviews.yaml',
    'shard-1/kustomization.yaml',
    'all.yaml',
  ])('but %s is', (path) => {
    expect(plan(folder({}), { [path]: now })).toMatchObject({ create: [path], refusals: [] });
  });

  it('P04: refuses two outputs on one path, naming both', () => {
    const desired = { 'Reviews.yaml': now, 'reviews.yaml': now, 'service/a.yaml': now, service: now };
    expect(refusals(plan(folder({}), desired)).map((message) => message.slice(0, 71))).toEqual([
      'MS1081 rendered/prod/reviews.yaml and rendered/prod/Reviews.yaml cannot',
      'MS1081 rendered/prod/service/a.yaml and rendered/prod/service cannot bo',
    ]);
  });
});

describe('checkRendered', () => {
  it('finds a folder up to date, whatever lies there that is no manifest', () => {
    const existing = folder({ service: 'folder', ...rendered(2), 'README.md': 'x', '.mainsheet-0123456789abcdef.tmp': 'temporary' });
    expect(checkRendered(existing, new Map(Object.entries(rendered(2))))).toEqual({
      upToDate: true,
      missing: [],
      stale: [],
      edited: [],
      leftover: [],
      foreign: [],
    });
  });

  it('names what is missing, stale, edited, left over and foreign', () => {
    const existing = folder({
      'b.yaml': old,
      'c.yaml': edited,
      'd.yaml': old,
      'e.yaml': edited,
      'f.yaml': 'kind: Gateway\n',
      'g.yaml': 'kind: Gateway\n',
      link: 'symlink',
    });
    const desired = { 'a.yaml': now, 'b.yaml': now, 'c.yaml': now, 'f.yaml': now };
    expect(checkRendered(existing, new Map(Object.entries(desired)))).toEqual({
      upToDate: false,
      missing: ['a.yaml'],
      stale: ['b.yaml'],
      edited: ['c.yaml', 'e.yaml'],
      leftover: ['d.yaml'],
      foreign: ['f.yaml', 'g.yaml', 'link'],
    });
  });
});

import { describe, expect, it } from 'vitest';
import { type Import, sourceImports } from '../support/imports.ts';

const root = process.cwd();
const imports = sourceImports(root);
const ours = imports.filter(({ to }) => to.startsWith('src/'));
const foreign = imports.filter(({ to }) => !to.startsWith('src/'));

const stages = [
  'load',
  'resolve',
  'expand',
  'rules',
  'simulate',
  'prove',
  'expect',
  'diff',
  'emit',
  'explain',
  'consume',
  'rollout',
  'propose',
  'deploy',
  'site',
  'import',
];
/** Who runs stages: the page on which intents become manifests, and the pipelines that ask more. */
const runners = ['pipeline.ts', 'pipelines'];
const vocabulary = ['model', 'document', 'istio', 'requests', 'mesh', 'generated'];

/** Which rooms each room may look into, besides itself. docs/architecture.md draws the same. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  model: [],
  document: ['model'],
  istio: ['model'],
  requests: ['model', 'istio'],
  mesh: ['model', 'document', 'istio', 'generated'],
  generated: ['document', 'model'],
  repo: ['model'],
  metrics: ['model'],
  report: ['model'],
  ...Object.fromEntries(stages.map((stage) => [stage, vocabulary])),
  'pipeline.ts': [...vocabulary, ...stages, 'pipelines'],
  pipelines: [...vocabulary, ...stages, 'pipeline.ts'],
  browser: ['model', 'report', 'site', 'pipelines'],
  action: ['model', 'report'],
  cli: ['model', 'report', 'repo', 'metrics', 'explain', ...runners, 'catalog.ts', 'generated'],
};

/** Packages live in one room each. */
const packageHomes: Readonly<Record<string, readonly string[]>> = {
  yaml: ['document'],
  ajv: [],
  handlebars: ['expand'],
  'fast-json-patch': ['expand', 'diff'],
  re2js: ['istio'],
  '@stricli/core': ['cli'],
  'simple-git': ['repo'],
  '@octokit/rest': ['repo'],
  '@gitbeaker/rest': ['repo'],
  'gitea-js': ['repo'],
  preact: ['browser'],
  '@dagrejs/dagre': ['browser'],
  undici: ['cli'],
  croner: ['rollout', 'rules'],
};

function room(path: string): string {
  return path.split('/')[1] ?? '';
}

function show({ from, to }: Import): string {
  return `${from} → ${to}`;
}

describe('the walls of the house', () => {
  it('sees the imports at all', () => {
    expect(ours.length).toBeGreaterThan(100);
  });

  it('lets no room look where it may not', () => {
    const wrong = ours.filter(({ from, to }) => {
      const allowed = mayImport[room(from)];
      return allowed !== undefined && room(to) !== room(from) && !allowed.includes(room(to));
    });
    expect(wrong.map(show)).toEqual([]);
  });

  it('has no room that the rules do not name', () => {
    const rooms = [...new Set(ours.flatMap(({ from, to }) => [from, to]).map(room))];
    const named = [...Object.keys(mayImport), 'catalog.ts', 'index.ts'];
    expect(rooms.filter((one) => !named.includes(one))).toEqual([]);
  });

  it('runs stages in pipelines alone', () => {
    const callers = ours.filter(
      ({ from, to }) =>
        ['load', 'resolve', 'expand', 'simulate', 'expect', 'emit', 'rollout', 'import'].includes(room(to)) && room(to) !== room(from),
    );
    expect(callers.filter(({ from }) => ![...runners, 'catalog.ts'].includes(room(from))).map(show)).toEqual([]);
  });

  it('has one pipeline alone in the browser', () => {
    const used = ours.filter(({ from, to }) => room(from) === 'browser' && room(to) === 'pipelines').map(({ to }) => to);
    expect([...new Set(used)]).toEqual(['src/pipelines/site/carried-mesh.ts']);
  });

  it('touches disk, processes and network at the edges only', () => {
    const io = /^(node:)?(fs|child_process|https?|net|process|os|worker_threads)(\/|$)/;
    expect(foreign.filter(({ from, to }) => io.test(to) && !['repo', 'metrics', 'cli', 'action'].includes(room(from))).map(show)).toEqual(
      [],
    );
  });

  it('keeps each package in its room', () => {
    const wrong = foreign.filter(({ from, to }) => !to.startsWith('node:') && !(packageHomes[packageOf(to)] ?? []).includes(room(from)));
    expect(wrong.map(show)).toEqual([]);
  });

  it('has no circular import, types included', () => {
    expect(cycles(ours)).toEqual([]);
  });
});

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function cycles(edges: readonly Import[]): readonly string[] {
  const next = new Map<string, Set<string>>();
  for (const { from, to } of edges) next.set(from, (next.get(from) ?? new Set()).add(to));
  const state = new Map<string, 'open' | 'done'>();
  const found: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') {
      found.push([...path.slice(path.indexOf(file)), file].join(' → '));
      return;
    }
    state.set(file, 'open');
    for (const target of next.get(file) ?? []) visit(target, [...path, file]);
    state.set(file, 'done');
  };
  for (const file of next.keys()) visit(file, []);
  return found;
}

import { expect, it } from 'vitest';
import { applyNext } from '../../src/load/apply-next.ts';
import type { FileTree } from '../../src/model/source.ts';
import { compile } from '../../src/pipeline.ts';
import { rememberingCompile } from '../../src/pipelines/remembering-compile.ts';

const path = 'environments/prod/reviews.yaml';
const treeOf = (words: string): FileTree =>
  new Map([
    ['environments/prod/environment.yaml', 'environment: prod\nistio: "1.31"\nnamespace: bookinfo\n'],
    [path, `service: reviews\nport: 9080\nversions: [v1, v2]\nstable: v1\n${words}`],
  ]);
const questions = [{}, { until: 'manifests' }, { today: '2026-12-18' }, { revise: applyNext }] as const;
const trees = [
  treeOf(''),
  treeOf('canary: {version: v2, percent: 10}\n'),
  treeOf('next: {canary: {version: v2, percent: 10}}\n'),
  treeOf('canary: {version: v3, percent: 10}\n'),
  treeOf('allow: [{code: MS3001, reason: until it moves, until: 2026-12-01}]\n'),
];

it('says what a compiler says that remembers nothing, whatever was asked before', () => {
  const remembering = rememberingCompile();
  const parts = ({ ok, diagnostics, manifests, files }: ReturnType<typeof compile>) => ({ ok, diagnostics, manifests, files });
  const asked = [...trees, ...[...trees].reverse(), ...trees].flatMap((tree) => questions.map((options) => ({ tree, options })));
  for (const { tree, options } of asked) {
    const [found, plain] = [remembering(new Map(tree), 'prod', options), compile(tree, 'prod', options)];
    // Of what goes no further than the manifests, the rest may be there as well.
    const same = 'until' in options ? { ok: plain.ok, manifests: plain.manifests } : parts(plain);
    expect(parts(found)).toMatchObject(same);
  }
});

it('compiles the same texts once, and others anew', () => {
  const remembering = rememberingCompile();
  const [tree] = trees;
  const first = remembering(new Map(tree), 'prod');
  expect(remembering(new Map(tree), 'prod')).toBe(first);
  expect(remembering(new Map(tree), 'prod', { revise: applyNext })).toBe(first);
  expect(remembering(new Map([...(tree ?? []), [path, 'service: reviews\nport: 9081\n']]), 'prod')).not.toBe(first);
  expect(remembering(new Map(tree), 'staging')).not.toBe(first);
});

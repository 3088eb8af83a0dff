import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isError } from '../../src/model/diagnostic.ts';
import { createCompiler } from '../../src/pipeline.ts';
import { meshAsker } from '../../src/pipelines/ask-mesh.ts';
import { treeOf } from '../support/tree-of.ts';

const golden = join(process.cwd(), 'test/golden');
const cases = readdirSync(golden, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) => readdirSync(join(golden, name)).map((inner) => `${name}/${inner}`));

/** Every environment that people already have manifests for. */
const environments = cases.flatMap((name) => {
  const tree = treeOf(join(golden, name), (path) => /^(environments|templates)\/|^mainsheet\.yaml$/.test(path));
  const compiler = createCompiler(tree);
  return (compiler.environments().value ?? []).map((environment) => ({ name: `${name}: ${environment}`, tree, compiler, environment }));
});

describe('tests of what is so today', () => {
  it('are written for many environments', () => {
    expect(environments.length).toBeGreaterThan(5);
  });

  it.each(environments)('hold: $name', ({ tree, compiler, environment }) => {
    const { loaded, manifests } = compiler.compile(environment);
    if (loaded === undefined) throw new Error('the case does not load');
    const asked = meshAsker.ofEnvironment(loaded, manifests, tree);
    const { files, left } = asked.writeTests();
    const { cases: tested, unread, coverage } = asked.test(files);
    const failing = [...unread, ...tested.flatMap(({ diagnostics }) => diagnostics)].filter(isError);
    expect(failing.map(({ message }) => message)).toEqual([]);
    expect(coverage.routes - coverage.tested).toBeLessThanOrEqual(left.length);
  });
});

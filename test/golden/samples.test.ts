import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { JsonObject } from '../../src/model/json.ts';
import { compile } from '../../src/pipeline.ts';
import { renderDiagnosticsText } from '../../src/report/diagnostics-text.ts';
import { withIstioDefaults } from '../support/istio-defaults.ts';
import { treeOf } from '../support/tree-of.ts';

const here = import.meta.dirname;

interface Case {
  readonly reproduces: string;
  readonly adds?: readonly string[];
}

function documents(path: string): readonly JsonObject[] {
  return parseAllDocuments(readFileSync(path, 'utf8')).map((document) => document.toJS() as JsonObject);
}

function title(object: JsonObject): string {
  const metadata = object.metadata as JsonObject;
  return `${String(object.kind)} ${String(metadata.name)}`;
}

function linesOf(text: string): number {
  return text.split('\n').filter((line) => line.trim() !== '').length;
}

for (const group of ['seed', 'samples']) {
  describe(`${group}: manifests that people already have, from intents`, () => {
    for (const name of readdirSync(join(here, group)).sort()) {
      const folder = join(here, group, name);
      if (!existsSync(join(folder, 'case.yaml'))) continue;
      const [about] = documents(join(folder, 'case.yaml')) as unknown as readonly Case[];
      it(`${name}: ${about?.reproduces}`, () => {
        const tree = treeOf(folder, (path) => path.startsWith('environments/'));
        const compilation = compile(tree, 'mesh');
        expect(renderDiagnosticsText(compilation.diagnostics.filter(({ severity }) => severity === 'error'), tree, { color: false })).toBe('');
        const rendered = compilation.manifests.map(({ body }) => body);
        const expected = documents(join(folder, 'expected.yaml'));
        for (const object of expected) {
          const twin = rendered.find((candidate) => title(candidate) === title(object));
          expect(twin && withIstioDefaults(twin), title(object)).toEqual(withIstioDefaults(object));
        }
        const added = rendered.map(title).filter((one) => !expected.some((object) => title(object) === one));
        expect(added.sort()).toEqual([...(about?.adds ?? [])].sort());
      });

      it(`${name}: the intent has at most a third of the lines`, () => {
        const expectedLines = linesOf(readFileSync(join(folder, 'expected.yaml'), 'utf8'));
        if (expectedLines <= 9) return;
        const intents = [...treeOf(folder, (path) => path.startsWith('environments/') && !path.endsWith('environment.yaml')).values()];
        expect(intents.reduce((sum, text) => sum + linesOf(text), 0) * 3).toBeLessThanOrEqual(expectedLines);
      });
    }
  });
}

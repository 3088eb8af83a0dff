import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importManifests } from '../../src/pipelines/import/import-manifests.ts';

const golden = join(import.meta.dirname, '../golden');
const rules = readFileSync(join(golden, 'samples/destination-rule-all/expected.yaml'), 'utf8');

for (const group of ['seed', 'samples'])
  describe(group, () => {
    for (const name of readdirSync(join(golden, group)).sort()) {
      const folder = join(golden, group, name);
      if (!existsSync(join(folder, 'case.yaml'))) continue;
      it(name, () => {
        const text = readFileSync(join(folder, 'expected.yaml'), 'utf8');
        const needsRules = /subset:/.test(text) && !/DestinationRule/.test(text);
        const input = new Map([['k8s.yaml', needsRules ? `${text}\n---\n${rules}` : text]]);
        const minor = group === 'seed' ? { minor: 0, text: '1.0' } : { minor: 31, text: '1.31' };
        const made = importManifests(new Map(), input, { environment: 'mesh', istio: minor });
        console.log(name, made.diagnostics.filter((d) => d.severity === 'error').map((d) => d.message), made.imported?.kept.map((k) => k.message),
          made.imported?.comparison.changes.filter((c) => c.action !== 'unchanged').map((c) => [c.action, c.id, c.operations]),
          [...(made.imported?.files ?? [])].filter(([p]) => !p.includes('environment.yaml')).map(([, t]) => t).join('---\n'));
        expect(made.imported?.comparison.traffic).toEqual([]);
      });
    }
  });

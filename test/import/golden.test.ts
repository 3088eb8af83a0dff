import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { IstioVersion } from '../../src/model/istio-version.ts';
import { compile } from '../../src/pipeline.ts';
import { importManifests } from '../../src/pipelines/import/import-manifests.ts';

const golden = join(import.meta.dirname, '../golden');
const groups: Readonly<Record<string, IstioVersion>> = { seed: { minor: 0, text: '1.0' }, samples: { minor: 31, text: '1.31' } };

/** What does not become an intent, and why; of every other case all does. */
const kept: Readonly<Record<string, readonly string[]>> = {
  // Without its ServiceEntry the route is about a host that nothing here makes known.
  '11-egress-http-route': [
    'VirtualService httpbin-ext stays a manifest: it only says what holds without it: all requests go to the host itself',
  ],
  '13-egress-https-route': ['VirtualService google stays a manifest: the service www-google-com would not write it'],
  // Shares of the service would hold in the mesh, too.
  'tcp-echo-20-v2': ['VirtualService tcp-echo stays a manifest: it leads connections elsewhere than the service does inside the mesh'],
  'tcp-echo-all-v1': ['VirtualService tcp-echo stays a manifest: it leads connections elsewhere than the service does inside the mesh'],
};

/** What is written otherwise, and means the same: Istio's defaults of a ServiceEntry are spelled out. */
const respelled: Readonly<Record<string, readonly string[]>> = {
  aptget: ['ServiceEntry make-aptget-work'],
  github: ['ServiceEntry github-https', 'ServiceEntry github-tcp'],
  pypi: ['ServiceEntry pypi-https', 'ServiceEntry python-https', 'ServiceEntry pythonhosted-https'],
};

for (const [group, istio] of Object.entries(groups))
  describe(`${group}: manifests that people already have become intents`, () => {
    for (const name of readdirSync(join(golden, group)).sort()) {
      if (!existsSync(join(golden, group, name, 'case.yaml'))) continue;
      it(name, () => {
        const text = readFileSync(join(golden, group, name, 'expected.yaml'), 'utf8');
        const input = new Map([['k8s.yaml', [text, ...missingRules(text, istio)].join('\n---\n')]]);
        const { imported, diagnostics } = importManifests(new Map(), input, { environment: 'mesh', istio });
        expect(imported, diagnostics.map(({ message }) => message).join('\n')).toBeDefined();
        if (imported === undefined) return;
        expect(imported.comparison.traffic).toEqual([]);
        expect(imported.kept.map(({ message }) => message)).toEqual(kept[name] ?? []);
        const changed = imported.comparison.changes.filter(({ action }) => action !== 'unchanged');
        expect(changed.map(({ id }) => id)).toEqual(respelled[name] ?? []);
        const again = compile(imported.files, 'mesh');
        expect(again.ok).toBe(true);
        const written = imported.comparison.changes.filter(({ action }) => action === 'unchanged').length;
        expect(again.manifests.length).toBe(written + changed.length);
      });
    }
  });

/** Some cases are routes alone; what declares the versions that they lead to is in others. */
function missingRules(text: string, { minor }: IstioVersion): readonly string[] {
  if (!text.includes('subset:') || text.includes('kind: DestinationRule')) return [];
  const from = (name: string, kind?: string) =>
    readFileSync(join(golden, 'samples', name, 'expected.yaml'), 'utf8')
      .split('\n---\n')
      .filter((document) => kind === undefined || document.includes(`kind: ${kind}`))
      .join('\n---\n');
  const rules = text.includes('tcp-echo') ? from('tcp-echo-all-v1', 'DestinationRule') : from('destination-rule-all');
  return [minor === 0 ? rules.replaceAll('istio.io/v1', 'istio.io/v1alpha3') : rules];
}

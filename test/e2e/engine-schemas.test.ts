import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseAllDocuments, stringify } from 'yaml';
import { createCompiler } from '../../src/pipeline.ts';
import { drawn, environments, forms } from '../deploy/deploy-fixtures.ts';
import { engineSchemas, missingGo } from './engine-schemas.ts';

const objectsOf = (text: string) =>
  parseAllDocuments(text)
    .map((document) => document.toJS())
    .filter((object) => object !== null);

const missing = missingGo();

describe.skipIf(missing !== undefined)(`the engines' own definitions${missing === undefined ? '' : `: skipped, ${missing}`}`, () => {
  const schemas = missing === undefined ? engineSchemas() : new Map<string, never>();

  it.each(Object.entries(forms))('%s: accept each object', (_name, changes) => {
    for (const object of objectsOf(drawn(changes))) {
      const validate = schemas.get(`${object.apiVersion} ${object.kind}`);
      if (validate === undefined) throw new Error(`nothing defines ${object.apiVersion} ${object.kind}`);
      expect(validate(object), JSON.stringify(validate.errors, undefined, 2)).toBe(true);
    }
  });

  it('would refuse a field that is not there, and one of another type', () => {
    const [application] = objectsOf(drawn());
    const validate = schemas.get('argoproj.io/v1alpha1 Application');
    expect(validate?.({ ...application, spec: { ...application.spec, syncPolicies: {} } })).toBe(false);
    expect(validate?.({ ...application, spec: { ...application.spec, project: 1 } })).toBe(false);
  });
});

const noKubectl = spawnSync('kubectl', ['version', '--client']).status === 0 ? undefined : 'there is no kubectl';
const home = mkdtempSync(join(tmpdir(), 'mainsheet-waves-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe.skipIf(noKubectl !== undefined)(`kustomize${noKubectl === undefined ? '' : `: skipped, ${noKubectl}`}`, () => {
  it.each(['1.31', '1.20', '1.4'])('writes the waves of Applications, and changes nothing else, for a mesh of %s', (istio) => {
    const files = Object.fromEntries(Object.entries(environments).map(([path, text]) => [path, text.replace('1.29', istio)]));
    const more = {
      'environments/dev/more.yaml':
        'gateway: gw\nservers: [{http: 80, hosts: ["*"]}]\n---\nexternal: e\nhosts: [e.example.com]\nports: {http: 80}\n',
    };
    const compiled = createCompiler(new Map(Object.entries({ ...files, ...more }))).compile('dev');
    expect(compiled.files.size).toBeGreaterThan(1);
    const folder = join(home, istio);
    for (const [path, text] of compiled.files) {
      mkdirSync(dirname(join(folder, 'base', path)), { recursive: true });
      writeFileSync(join(folder, 'base', path), text);
    }
    const [application] = objectsOf(drawn({ hasWaves: true }));
    writeFileSync(join(folder, 'kustomization.yaml'), stringify({ resources: ['base'], ...application.spec.source.kustomize }));
    const built = objectsOf(execFileSync('kubectl', ['kustomize', folder], { encoding: 'utf8' }));
    const kinds = built.map(({ kind, metadata }) => `${kind} ${metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? '0'}`);
    expect(kinds.sort()).toEqual(['DestinationRule -1', 'Gateway -1', 'ServiceEntry -1', 'VirtualService 0']);
    const plain = built.map(({ metadata: { annotations: _, ...metadata }, ...object }) => ({ ...object, metadata }));
    const byKind = (a: { kind: string }, b: { kind: string }) => (a.kind < b.kind ? -1 : 1);
    expect(plain.sort(byKind)).toEqual(compiled.manifests.map(({ body }) => JSON.parse(JSON.stringify(body))).sort(byKind));
  });
});

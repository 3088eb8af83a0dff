import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printYaml } from '../../src/document/print.ts';
import type { Imported } from '../../src/model/imported.ts';
import { type JsonObject, objectOr, sameJson } from '../../src/model/json.ts';
import { type Manifest, manifestId } from '../../src/model/manifest.ts';
import { compile } from '../../src/pipeline.ts';
import { importManifests } from '../../src/pipelines/import/import-manifests.ts';
import { randomChange } from '../support/random-changes.ts';
import { gatewayText, meshOf, randomService } from '../support/random-services.ts';
import { yamlOf } from '../support/yaml-of.ts';

const runs = Number(process.env.FUZZ_RUNS ?? 10);
const seed = Number(process.env.FUZZ_SEED ?? 20_261_125);

function textOf(bodies: readonly JsonObject[]): string {
  return bodies.map(printYaml).join('---\n');
}

function imported(text: string): Imported | undefined {
  return importManifests(new Map(), new Map([['k8s.yaml', text]]), { environment: 'mesh' }).imported;
}

/** The Service that an intent with these ports is about. */
function serviceOf(ports: JsonObject): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'reviews', namespace: 'bookinfo' },
    spec: { selector: { app: 'reviews' }, ports: Object.entries(ports).map(([name, port]) => ({ name, port })) },
  };
}

function bodies(manifests: readonly Manifest[]): ReadonlyMap<string, JsonObject> {
  return new Map(manifests.map((manifest) => [manifestId(manifest), manifest.body]));
}

describe('what is imported renders as before', () => {
  it('of random services: the same objects, none kept but those that remember users', { timeout: 600_000 }, () => {
    fc.assert(
      fc.property(randomService, (intent) => {
        const first = compile(
          meshOf([
            ['a.yaml', yamlOf(intent)],
            ['g.yaml', gatewayText],
          ]),
          'mesh',
        );
        fc.pre(first.ok);
        const made = imported(textOf([...first.manifests.map(({ body }) => body), serviceOf(objectOr(intent.ports))]));
        expect(made?.comparison.traffic).toEqual([]);
        const isSticky = objectOr(intent.canary).sticky !== undefined;
        if (!isSticky) expect(made?.kept.map(({ message }) => message)).toEqual([]);
        const again = bodies(compile(made?.files ?? new Map(), 'mesh').manifests);
        for (const [id, body] of bodies(first.manifests)) expect(sameJson(again.get(id), body), id).toBe(true);
        expect(again.size).toBe(first.manifests.length);
      }),
      { numRuns: runs, seed },
    );
  });

  it('of random meshes: no request is answered otherwise, and a second time nothing is left to write', { timeout: 600_000 }, () => {
    fc.assert(
      fc.property(randomChange, ({ before }) => {
        const text = textOf(before.map(({ body }) => body));
        const made = imported(text);
        fc.pre(made !== undefined);
        expect(made?.comparison.traffic).toEqual([]);
        const input = new Map([['k8s.yaml', text]]);
        const again = importManifests(made?.files ?? new Map(), input, { environment: 'mesh' });
        expect(again.diagnostics.map(({ message }) => message)).toEqual([]);
        for (const [path, file] of again.imported?.files ?? []) expect(file, path).toBe(made?.files.get(path));
      }),
      { numRuns: runs, seed },
    );
  });
});

import { describe, expect, it } from 'vitest';
import { explainLine } from '../../src/explain/explain-line.ts';
import { type JsonObject, objectOr } from '../../src/model/json.ts';
import { compile } from '../../src/pipeline.ts';

const environment =
  'environment: mesh\nistio: "1.31"\nnamespace: bookinfo\nuser: {header: end-user}\nsidecars: true\nauthorization: dry-run\n';
const intents = `service: reviews
port: 9080
versions: [v1, v2]
stable: v1
workload: {labels: {app: reviews}}
dependsOn: [books]
allowFrom: [{serviceAccount: productpage}]
expose: [{gateway: web, hosts: [shop.example.com]}]
---
external: books
hosts: [www.example.com]
ports: {https: 443}
---
gateway: web
servers: [{http: 80, hosts: ["*"]}]
workload: {serviceAccount: ingress, namespace: istio-system}
`;
const wave = 'argocd.argoproj.io/sync-wave';

function rendered(settings: string, text = intents, more: Readonly<Record<string, string>> = {}) {
  const tree = new Map([
    ['mainsheet.yaml', settings],
    ['environments/mesh/environment.yaml', environment],
    ['environments/mesh/intents.yaml', text],
    ...Object.entries(more),
  ]);
  const compiled = compile(tree, 'mesh');
  expect(compiled.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return compiled;
}

const annotationsOf = (body: JsonObject) => objectOr(objectOr(body.metadata).annotations);
const wavesOf = (compiled: ReturnType<typeof rendered>) =>
  [...new Set(compiled.manifests.map(({ kind, body }) => `${kind} ${String(annotationsOf(body)[wave])}`))].sort();

describe('phases: sync-waves', () => {
  it('writes the wave of its kind on every object, beside what else is annotated', () => {
    const compiled = rendered('phases: sync-waves\n');
    expect(wavesOf(compiled)).toEqual([
      'AuthorizationPolicy 1',
      'DestinationRule -1',
      'Gateway -1',
      'ServiceEntry -1',
      'Sidecar 1',
      'VirtualService 0',
    ]);
    const policy = compiled.manifests.find(({ kind }) => kind === 'AuthorizationPolicy');
    expect(annotationsOf(policy?.body ?? {})).toEqual({ 'istio.io/dry-run': 'true', [wave]: '1' });
    expect([...compiled.files.values()].join('')).toContain('    argocd.argoproj.io/sync-wave: "-1"\n');
  });

  it('writes none where it is not asked for', () => {
    for (const settings of ['{}\n', 'phases: pull-requests\n'])
      expect([...rendered(settings).files.values()].join('')).not.toContain('sync-wave');
  });

  it.each(['1.31', '1.20', '1.4'])('changes nothing else for a mesh of %s', (istio) => {
    const text = 'service: reviews\nport: 9080\nversions: [v1, v2]\nstable: v1\nweights: argo-rollouts\n';
    const more = { 'environments/mesh/environment.yaml': `environment: mesh\nistio: "${istio}"\nnamespace: bookinfo\n` };
    const files = (settings: string) => [...rendered(settings, text, more).files.values()].join('');
    expect(files('phases: sync-waves\n').replace(/ {2}annotations:\n {4}argocd\S+ "-?\d"\n/g, '')).toBe(files('{}\n'));
  });

  it('leaves the wave that a patch or a hand-written manifest says, and those without one', () => {
    const patch = `patches: [{target: DestinationRule, reason: first of all, ops: [{op: add, path: /metadata/annotations, value: {${wave}: "-7"}}]}]\n`;
    const rule = (name: string, annotations: string) =>
      `apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {name: ${name}, namespace: bookinfo${annotations}}\nspec: {host: ${name}.example.com}\n`;
    const text = `service: reviews\nport: 9080\nversions: [v1]\nstable: v1\n${patch}`;
    const compiled = rendered('phases: sync-waves\n', text, {
      'environments/mesh/environment.yaml': `${environment}manifests: [by-hand]\n`,
      'environments/mesh/by-hand/a.yaml': rule('a', ''),
      'environments/mesh/by-hand/b.yaml': rule('b', `, annotations: {${wave}: "3"}`),
    });
    const waves = compiled.manifests
      .filter(({ kind }) => kind === 'DestinationRule')
      .map(({ name, body }) => [name, annotationsOf(body)[wave]]);
    expect(waves).toEqual([
      ['reviews', '-7'],
      ['a', undefined],
      ['b', '3'],
    ]);
  });

  it('explains the line by the setting', () => {
    const { manifests, files } = rendered('phases: sync-waves\n', 'service: reviews\nport: 9080\nversions: [v1]\nstable: v1\n');
    const text = [...files.values()].find((one) => one.includes('sync-wave')) ?? '';
    const line = text.split('\n').findIndex((one) => one.includes('sync-wave')) + 1;
    expect(explainLine(text, manifests, line)?.origin?.reason).toContain('phases: sync-waves');
  });
});

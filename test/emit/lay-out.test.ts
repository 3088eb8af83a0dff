import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { pruneGuards } from '../../src/model/prune-guards.ts';
import { compile } from '../../src/pipeline.ts';
import { rendered } from '../support/rendered.ts';

const intents = `
service: reviews
versions: [v1]
stable: v1
---
service: ratings
versions: [v1]
---
external: payments
hosts: [api.payments.example.com]
ports: {https: 443}
`;

function paths(environment: string, namespace?: string | null): readonly string[] {
  return [...rendered(intents, { environment, ...(namespace === undefined ? {} : { namespace }) }).compilation.files.keys()];
}

function resources(files: ReadonlyMap<string, string>, path = 'kustomization.yaml'): readonly string[] {
  return (parse(files.get(path) ?? '') as { resources: string[] }).resources;
}

describe('layout', () => {
  it('by intent: a file for each, in a folder for its kind', () => {
    expect(paths('')).toEqual(['external/payments.yaml', 'kustomization.yaml', 'service/ratings.yaml', 'service/reviews.yaml']);
  });

  it('by intent: a namespace that an intent writes is part of its name', () => {
    const { compilation } = rendered('service: reviews\nnamespace: shop\nversions: [v1]\n---\nservice: reviews\nversions: [v1]\n');
    expect([...compilation.files.keys()]).toEqual(['kustomization.yaml', 'service/reviews.yaml', 'service/shop.reviews.yaml']);
  });

  it('by kind: a file for each object', () => {
    expect(paths('layout: by-kind')).toEqual([
      'DestinationRule/bookinfo.ratings.yaml',
      'DestinationRule/bookinfo.reviews.yaml',
      'ServiceEntry/bookinfo.payments.yaml',
      'VirtualService/bookinfo.reviews.yaml',
      'kustomization.yaml',
    ]);
    expect(paths('layout: by-kind', null)).toContain('VirtualService/reviews.yaml');
  });

  it('single: one file for all', () => {
    expect(paths('layout: single')).toEqual(['all.yaml', 'kustomization.yaml']);
  });

  it('lists every file, sorted, in the kustomization', () => {
    const { files } = rendered(intents).compilation;
    expect(resources(files)).toEqual(['external/payments.yaml', 'service/ratings.yaml', 'service/reviews.yaml']);
  });

  it('keeps one order of objects in a file: what is referred to comes before what refers to it', () => {
    const text =
      rendered(
        'service: a\nversions: [v1]\nstable: v1\nport: 80\nexpose: [{gateway: g, hosts: [a.example.com]}]\n---\ngateway: g\nservers: [{http: 80, hosts: ["*"]}]\n',
        { environment: 'layout: single' },
      ).compilation.files.get('all.yaml') ?? '';
    expect([...text.matchAll(/^kind: (\w+)/gm)].map(([, kind]) => kind)).toEqual([
      'DestinationRule',
      'VirtualService',
      'VirtualService',
      'Gateway',
    ]);
  });
});

describe('shards', () => {
  const many = Array.from({ length: 40 }, (_, i) => `service: svc-${i}\nversions: [v1]\nstable: v1\n`).join('---\n');
  const files = rendered(many, { environment: 'shards: 4' }).compilation.files;

  it('have a kustomization each and none at the root', () => {
    expect([...files.keys()].filter((path) => path.endsWith('kustomization.yaml'))).toEqual(
      [0, 1, 2, 3].map((i) => `shard-${i}/kustomization.yaml`),
    );
  });

  it('hold every object once, and those of one intent together', () => {
    const services = [...files.keys()].filter((path) => path.includes('/service/'));
    expect(services).toHaveLength(40);
    for (const path of services) expect(files.get(path)?.match(/^kind:/gm)).toHaveLength(2);
  });

  it('are a pure function of the name: another service moves none', () => {
    const more = rendered(`${many}---\nservice: one-more\nversions: [v1]\n`, { environment: 'shards: 4' }).compilation.files;
    expect([...files.keys()].filter((path) => !more.has(path))).toEqual([]);
  });

  it('over 200 objects in one kustomization are a warning', () => {
    const big = Array.from({ length: 101 }, (_, i) => `service: svc-${i}\nversions: [v1]\nstable: v1\n`).join('---\n');
    expect(rendered(big).codes).toEqual(['MS4082']);
    expect(rendered(big, { environment: 'shards: 2' }).codes).toEqual([]);
  });

  it('change in guarded steps: movers are guarded where they stand, then moved, then freed', () => {
    const tree = rendered(many, { environment: 'shards: 3' });
    const source = new Map([
      ['environments/mesh/environment.yaml', 'environment: mesh\nistio: "1.31"\nnamespace: bookinfo\nshards: 3\n'],
      ['environments/mesh/intents.yaml', many],
    ]);
    const guard = compile(source, 'mesh', { reshard: { from: 2, to: 3, step: 'guard' } });
    const move = compile(source, 'mesh', { reshard: { from: 2, to: 3, step: 'move' } });
    const before = compile(
      new Map([...source, ['environments/mesh/environment.yaml', 'environment: mesh\nistio: "1.31"\nnamespace: bookinfo\nshards: 2\n']]),
      'mesh',
    );
    expect([...guard.files.keys()]).toEqual([...before.files.keys()]);
    expect([...move.files.keys()]).toEqual([...tree.compilation.files.keys()]);
    const isGuarded = (text: string) => Object.keys(pruneGuards).every((key) => text.includes(key));
    const movers = [...guard.files].filter(([path, text]) => path.includes('/service/') && isGuarded(text)).map(([path]) => path);
    expect(movers.length).toBeGreaterThan(0);
    for (const [path] of guard.files) if (path.includes('/service/')) expect(move.files.has(path), path).toBe(!movers.includes(path));
  });
});

describe('what a reader of the output could misread', () => {
  it('a dollar and a brace are meant literally, and Flux is told so', () => {
    const text = rendered(
      `service: a\nport: 80\nroutes: [{match: {uri: {regex: "/(a|b)${'$'}{"}}, to: {host: b, port: 80}}]\n`,
    ).compilation.files.get('service/a.yaml');
    expect(text).toContain('kustomize.toolkit.fluxcd.io/substitute: disabled');
  });

  it('no annotation where nothing could be substituted', () => {
    expect(rendered(intents).compilation.files.get('service/reviews.yaml')).not.toContain('annotations');
  });

  it('writes YAML alone: no side file that a directory loader would apply', () => {
    expect([...rendered(intents).compilation.files.keys()].filter((path) => !path.endsWith('.yaml'))).toEqual([]);
  });
});

describe('hand-written manifests', () => {
  const files = {
    'mesh/legacy/old.yaml':
      'apiVersion: networking.istio.io/v1\nkind: EnvoyFilter\nmetadata: {name: lua, namespace: istio-system}\nspec: {note: "yes", other: x010}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {a: "1"}\n',
  };

  it('are passed through, listed, and keep their values', () => {
    const { compilation, codes } = rendered('service: a\nversions: [v1]\n', { environment: 'manifests: [legacy]', files });
    expect(codes).toEqual([]);
    expect([...compilation.files.keys()]).toEqual(['kustomization.yaml', 'manifests/legacy.old.yaml', 'service/a.yaml']);
    expect(compilation.files.get('manifests/legacy.old.yaml')).toContain('note: "yes"');
  });

  it('are checked with the rest: a subset that nobody declares', () => {
    const legacy = {
      'mesh/legacy/vs.yaml':
        'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: x, namespace: bookinfo}\nspec: {hosts: [a], http: [{route: [{destination: {host: a, subset: v9}}]}]}\n',
    };
    expect(rendered('service: a\nversions: [v1]\n', { environment: 'manifests: [legacy]', files: legacy }).codes).toEqual(['MS5001']);
  });

  it('and an intent that would write the same object are an error naming both', () => {
    const twin = {
      'mesh/legacy/dr.yaml':
        'apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {name: a, namespace: bookinfo}\nspec: {host: a}\n',
    };
    expect(rendered('service: a\nversions: [v1]\n', { environment: 'manifests: [legacy]', files: twin }).codes).toEqual(['MS4080']);
  });
});

describe('hand-written manifests of kinds that intents become', () => {
  it('are held against the same schemas: a mistyped field is an error at its line', () => {
    const files = {
      'mesh/legacy/vs.yaml':
        'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: x}\nspec:\n  hosts: [x]\n  http:\n  - retires: {attempts: 2}\n    route: [{destination: {host: x}}]\n',
    };
    expect(rendered('service: a\nversions: [v1]\n', { environment: 'manifests: [legacy]', files }).findings).toEqual([
      'MS1040 mesh/legacy/vs.yaml line 7',
    ]);
  });

  it('in the spelling of an old mesh are fine where the mesh is old', () => {
    const files = {
      'mesh/legacy/dr.yaml':
        'apiVersion: networking.istio.io/v1alpha3\nkind: DestinationRule\nmetadata: {name: x}\nspec: {host: x, trafficPolicy: {loadBalancer: {simple: LEAST_CONN}, outlierDetection: {consecutiveErrors: 3}}}\n',
    };
    expect(rendered('service: a\nversions: [v1]\n', { istio: '1.1', environment: 'manifests: [legacy]', files }).codes).toEqual([]);
  });
});

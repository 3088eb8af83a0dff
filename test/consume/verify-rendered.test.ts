import { describe, expect, it } from 'vitest';
import { compile } from '../../src/pipeline.ts';
import { type FoundFile, verifyRendered } from '../../src/pipelines/verify-rendered.ts';
import { readMark, withMark } from '../../src/repo/mark.ts';

const services = ['details', 'productpage', 'ratings', 'reviews'];

/** A rendered environment of four services, as it stands on disk. */
function rendering(words = ''): Map<string, string> {
  const intents = services.map((name): [string, string] => [
    `environments/mesh/${name}.yaml`,
    `service: ${name}\nport: 9080\nversions: [v1, v2]\nstable: v1\n`,
  ]);
  const environment = `environment: mesh\nistio: "1.29"\nnamespace: bookinfo\n${words}`;
  const { files } = compile(new Map([['environments/mesh/environment.yaml', environment], ...intents]), 'mesh');
  return new Map([...files].map(([path, text]) => [path, withMark(text)]));
}

function verified(files: ReadonlyMap<string, string>, shards?: number, path = 'rendered/mesh') {
  const found = new Map([...files].map(([path, text]): [string, FoundFile] => [path, { text, mark: readMark(text) }]));
  const { diagnostics, ...rest } = verifyRendered({
    path,
    files: found,
    oddities: new Map(),
    ...(shards === undefined ? {} : { shards }),
  });
  return { ...rest, found: diagnostics.map(({ code, message }) => `${code} ${message}`) };
}

function changed(change: (files: Map<string, string>) => void): readonly string[] {
  const files = rendering();
  change(files);
  return verified(files).found;
}

const manifest = (name: string) =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: ${name}, namespace: bookinfo}\nspec: {hosts: [${name}], http: [{route: [{destination: {host: ${name}}}]}]}\n`;
const asJson = '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}}';

describe('a rendered folder', () => {
  it.each(['', 'shards: 3\n', 'layout: single\n', 'layout: by-kind\n'])('is loaded whole by each consumer: %j', (words) => {
    const { rendered, consumed, found } = verified(rendering(words));
    expect(found).toEqual([]);
    expect(rendered).toBe(services.length * 2);
    expect(consumed.map(({ objects }) => objects)).toEqual([rendered, rendered, rendered]);
  });

  it('may hold what nobody loads', () => {
    expect(changed((files) => files.set('README.md', '# apiVersion: v1').set('notes.txt', 'kind: x'))).toEqual([]);
  });
});

describe('what is lost of a rendered folder', () => {
  it.each(['', '# mainsheet sha256:\n', withMark(''), '---\n'])('the objects of a file: %j', (text) => {
    const found = changed((files) => files.set('service/reviews.yaml', text));
    expect(found).toContain('MS4512 this file holds no object');
  });

  it('a shard, or all of it, where the intents have it', () => {
    const files = rendering('shards: 3\n');
    expect(verified(files, 3).found).toEqual([]);
    const without = new Map([...files].filter(([path]) => !path.startsWith('shard-2/')));
    expect(verified(without, 3).found).toEqual(['MS4513 rendered/mesh: its `shard-2` is missing, and the intents have it']);
    expect(verified(new Map(), 3).found).toEqual(['MS4513 rendered/mesh: it is missing, and the intents have it']);
  });

  it('its list', () => {
    const files = rendering();
    files.delete('kustomization.yaml');
    expect(verified(files).found).toEqual(['MS4510 rendered/mesh: this is no rendered folder']);
    expect(verified(files, 1).found).toContain(
      'MS4503 rendered/mesh: kustomize would not take this as it is: `kustomization.yaml`: it is missing',
    );
  });

  it('nothing, where a part of it is named', () => {
    const part = new Map([...rendering()].flatMap(([path, text]) => (path.startsWith('service/') ? [[path.slice(8), text] as const] : [])));
    expect(verified(part).found).toEqual(['MS4510 rendered/mesh: this is no rendered folder']);
  });
});

describe('what Flux does not fetch', () => {
  it.each([
    ['service/cloudbuild.yaml', 'cloudbuild.yaml'],
    ['x.zip/a.yaml', 'x.zip'],
    ['.github/a.yaml', '.github'],
    ['a/appveyor.yml', 'appveyor.yml'],
    ['service/.sops.yaml', '.sops.yaml'],
  ])('%s', (path, name) => {
    const found = changed((files) => files.set(path, withMark(manifest('a'))));
    expect(found).toContain(`MS4514 Flux leaves out whatever is called \`${name}\``);
  });

  it.each(['service/.github', 'cloudbuild.yml', 'zip/a.yaml', 'service/Cloudbuild.yaml'])('but %s it does', (path) => {
    const found = changed((files) => files.set(path, withMark(manifest('a'))));
    expect(found.filter((one) => one.startsWith('MS4514'))).toEqual([]);
  });

  it('an environment, once', () => {
    expect(verified(rendering(), undefined, 'rendered/eu.zip').found).toEqual([
      'MS4514 rendered/eu.zip: Flux leaves out whatever is called `eu.zip`',
    ]);
    expect(verified(rendering(), undefined, '/tmp/x.zip/prod').found).toEqual([]);
  });

  it('nor what a file of its own lists', () => {
    const found = changed((files) => files.set('service/.sourceignore', '*\n'));
    expect(found).toEqual(['MS4515 Flux reads this file, and leaves out what it lists']);
  });
});

describe('a word to an engine in an object', () => {
  const annotated = (words: string, field = 'annotations') =>
    changed((files) => {
      const found = files.get('service/reviews.yaml')?.split('\n').slice(1).join('\n') ?? '';
      files.set('service/reviews.yaml', withMark(found.replace('metadata:\n', `metadata:\n  ${field}: {${words}}\n`)));
    });
  const says = (words: string, effect: string) => [
    `MS4511 networking.istio.io DestinationRule bookinfo/reviews says \`${words.replaceAll('"', '')}\`: ${effect}`,
  ];

  it.each([
    ['config.kubernetes.io/local-config: "true"', 'kustomize, and with it Flux, drops it'],
    ['kustomize.toolkit.fluxcd.io/reconcile: Disabled', 'Flux skips it'],
    ['kustomize.toolkit.fluxcd.io/ssa: Ignore', 'Flux skips it'],
    ['kustomize.toolkit.fluxcd.io/ssa: IfNotPresent', 'Flux creates it, and never changes it'],
    ['argocd.argoproj.io/hook: PreSync', 'Argo CD takes it for a hook, which is no part of what it keeps in sync'],
    ['argocd.argoproj.io/hook: Skip', 'Argo CD skips it'],
  ])('is told: %s', (words, effect) => {
    expect(annotated(words)).toEqual(says(words, effect));
  });

  it('counts as a label where Flux reads labels', () => {
    const words = 'kustomize.toolkit.fluxcd.io/reconcile: disabled';
    expect(annotated(words, 'labels')).toEqual(says(words, 'Flux skips it'));
  });

  it.each(['config.kubernetes.io/local-config: "false"', 'kustomize.toolkit.fluxcd.io/ssa: Merge'])('is none: %s', (words) => {
    expect(annotated(words)).toEqual([]);
  });
});

describe('what a consumer would not take', () => {
  it.each<[string, (files: Map<string, string>) => void, readonly string[]]>([
    [
      'a listed file is gone',
      (files) => files.delete('service/details.yaml'),
      ['MS4503 kustomize and Flux would not take this as it is: it lists `service/details.yaml`, which is not there'],
    ],
    [
      'a second kustomization',
      (files) => files.set('kustomization.yml', 'resources: []\n'),
      [
        "MS4503 Argo CD's directory loader would not take this as it is: it holds a document that is no Kubernetes object",
        'MS4503 kustomize and Flux would not take this as it is: `kustomization.yaml` stands beside it, and a folder may have one kustomization',
      ],
    ],
    [
      'an object under the other name of a kustomization, which no pattern leaves out',
      (files) => files.set('n/kustomization.yml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n'),
      ["MS4503 Argo CD's directory loader would not take this as it is: it holds a document that is no Kubernetes object"],
    ],
    [
      'a side file in JSON',
      (files) => files.set('report.json', '[]'),
      ["MS4503 Argo CD's directory loader would not take this as it is: a JSON file must hold exactly one object"],
    ],
    [
      'an object in JSON',
      (files) => files.set('a.json', asJson),
      ["MS4502 Argo CD's directory loader would load ConfigMap a, which nothing rendered"],
    ],
    [
      'a program',
      (files) => files.set('a.jsonnet', '{}'),
      ["MS4503 Argo CD's directory loader would not take this as it is: it would be run as a program"],
    ],
    [
      'broken YAML',
      (files) => files.set('a.yaml', 'a: ['),
      ["MS4503 Argo CD's directory loader would not take this as it is: it can not be decoded, and is passed over in silence"],
    ],
    [
      'a manifest of others',
      (files) => files.set('a.yaml', manifest('a')),
      ["MS4502 Argo CD's directory loader would load networking.istio.io VirtualService bookinfo/a, which nothing rendered"],
    ],
    [
      'the same object again',
      (files) => files.set('zz.yaml', withMark(manifest('reviews'))),
      [
        'MS4501 kustomize and Flux would not load networking.istio.io VirtualService bookinfo/reviews',
        "MS4503 Argo CD's directory loader would not take this as it is: it holds networking.istio.io VirtualService bookinfo/reviews again, after `service/reviews.yaml`",
      ],
    ],
  ])('%s', (_, change, found) => {
    expect([...changed(change)].sort()).toEqual(found);
  });

  it('a list that leads out of the folder, or back to itself', () => {
    const listing = (path: string) =>
      changed((files) =>
        files.set('kustomization.yaml', withMark(`${files.get('kustomization.yaml')?.split('\n').slice(1).join('\n')}- ${path}\n`)),
      );
    expect(listing('../prod')).toEqual([
      'MS4503 kustomize and Flux would not take this as it is: it lists `../prod`, which lies outside the rendered folder',
    ]);
    expect(listing('https://example.com/base')).toEqual([expect.stringContaining('which lies outside the rendered folder')]);
    expect(listing('service/..')).toEqual([
      'MS4503 kustomize and Flux would not take this as it is: it lists `service/..`, which leads back to itself',
    ]);
  });

  it('a folder that is skipped as a whole by a comment', () => {
    const found = changed((files) => files.set('service/details.yaml', withMark(`# +argocd:skip-file-rendering\n${manifest('details')}`)));
    expect(found).toContain(
      "MS4503 Argo CD's directory loader would not take this as it is: it says `+argocd:skip-file-rendering`, so all of it is skipped",
    );
    expect(found).toContain("MS4501 Argo CD's directory loader would not load networking.istio.io VirtualService bookinfo/details");
  });

  it('more bytes than one Application takes', () => {
    const found = changed((files) =>
      files.set('service/details.yaml', withMark(`# ${'x'.repeat(10 * 1024 * 1024)}\n${manifest('details')}`)),
    );
    expect(found).toEqual([expect.stringMatching(/one Application takes 10485760: write `shards:`/)]);
  });

  it('without a kustomization at its root, to Flux, an object in two files', () => {
    const files = rendering();
    files.delete('kustomization.yaml');
    files.set('zz.yaml', files.get('service/reviews.yaml') ?? '');
    expect(verified(files, 1).found.filter((one) => /again/.test(one) && one.includes('Flux'))).toHaveLength(2);
  });

  it('without a kustomization at its root, to Flux, a file that is no object', () => {
    const files = rendering('shards: 2\n');
    files.set('values.yaml', 'a: 1\n');
    expect(verified(files).found).toContain('MS4503 Flux would not take this as it is: it is no Kubernetes YAML, which fails the build');
  });
});

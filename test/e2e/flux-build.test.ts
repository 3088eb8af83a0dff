import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { decidingPattern, ignorePatterns } from '../../src/consume/source-ignore.ts';
import { compile } from '../../src/pipeline.ts';
import { type FoundFile, verifyRendered } from '../../src/pipelines/verify-rendered.ts';
import { readMark, withMark } from '../../src/repo/mark.ts';
import { missingGo } from './engine-schemas.ts';

const missing = missingGo();
const home = mkdtempSync(join(tmpdir(), 'mainsheet-flux-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const intents = ['details', 'ratings', 'reviews'].map((name): [string, string] => [
  `environments/mesh/${name}.yaml`,
  `service: ${name}\nport: 9080\nversions: [v1, v2]\nstable: v1\nheaders: {request: {set: {x-a: "\${b}"}}}\n`,
]);

function compiled(words: string) {
  const environment = `environment: mesh\nistio: "1.29"\nnamespace: bookinfo\n${words}`;
  return compile(new Map([['environments/mesh/environment.yaml', environment], ...intents]), 'mesh');
}

let count = 0;

/** What Flux's own code makes of a folder of these files. */
function built(files: ReadonlyMap<string, string>, folder = ''): { readonly ids: readonly string[]; readonly error: string } {
  const root = join(home, String(count++));
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const { status, stdout, stderr } = spawnSync(join(home, 'flux-build'), [root, join(root, folder)], { encoding: 'utf8' });
  const objects = status === 0 ? parseAllDocuments(stdout).map((document) => document.toJS()) : [];
  return { ids: objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`).sort(), error: stderr };
}

/** How many objects we say that Flux loads; nothing where we say that it stops. */
function foretold(files: ReadonlyMap<string, string>): number | undefined {
  const found = new Map([...files].map(([path, text]): [string, FoundFile] => [path, { text, mark: readMark(text) }]));
  const { consumed, diagnostics } = verifyRendered({ path: 'rendered/mesh', files: found, oddities: new Map(), shards: 1 });
  if (diagnostics.some(({ code, message }) => code === 'MS4503' && message.includes('Flux'))) return undefined;
  return consumed.find(({ consumer }) => consumer === 'Flux')?.objects;
}

describe.skipIf(missing !== undefined)(`Flux's own builder${missing === undefined ? '' : `: skipped, ${missing}`}`, () => {
  // The first build of its modules takes minutes; Go keeps them.
  beforeAll(() => {
    execFileSync('go', ['build', '-o', join(home, 'flux-build'), '.'], { cwd: join(import.meta.dirname, 'flux-build'), stdio: 'pipe' });
  }, 1_200_000);

  it.each(['', 'layout: single\n', 'layout: by-kind\n'])('loads each object that was rendered: %j', (words) => {
    const { files, manifests } = compiled(words);
    expect(manifests.length).toBe(6);
    expect(built(files)).toEqual({ ids: manifests.map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`).sort(), error: '' });
  });

  it('loads the shards, which together are everything', () => {
    const { files, manifests } = compiled('shards: 3\n');
    const ids = [0, 1, 2].flatMap((i) => built(files, `shard-${i}`).ids);
    expect(ids.sort()).toEqual(manifests.map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`).sort());
  });

  const without = (files: ReadonlyMap<string, string>, path: string) => new Map([...files].filter(([name]) => name !== path));

  it.each<readonly [string, (files: ReadonlyMap<string, string>) => ReadonlyMap<string, string>]>([
    ['nothing changed', (files) => files],
    ['no list at all', (files) => without(files, 'kustomization.yaml')],
    ['a file that the list still names', (files) => without(files, 'service/reviews.yaml')],
    [
      'a file that no list names',
      (files) => new Map([...files, ['more.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: b}\n']]),
    ],
    [
      'the same, with no list',
      (files) =>
        new Map([
          ...without(files, 'kustomization.yaml'),
          ['more.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: b}\n'],
        ]),
    ],
    ['no list, and a file that is no object', (files) => new Map([...without(files, 'kustomization.yaml'), ['more.yaml', 'a: b\n']])],
    [
      'an empty list',
      (files) =>
        new Map([...files, ['kustomization.yaml', 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: []\n']]),
    ],
    [
      'an object twice',
      (files) => new Map([...without(files, 'kustomization.yaml'), ['more.yaml', files.get('service/reviews.yaml') ?? '']]),
    ],
  ])('does what verify says that it does: %s', (_name, change) => {
    const files = change(new Map([...compiled('').files].map(([path, text]) => [path, withMark(text)])));
    const { ids, error } = built(files);
    const expected = foretold(files);
    expect({ stops: error !== '', objects: ids.length }).toEqual({ stops: expected === undefined, objects: expected ?? 0 });
  });

  const paths = [
    'rendered/prod/service/reviews.yaml',
    'rendered/prod/kustomization.yaml',
    'rendered/prod/[x].yaml',
    'mesh/a b.yaml',
    'a.zip/b.yaml',
  ];

  it.each([
    ...[
      'rendered',
      '/rendered',
      'rendered/',
      '/rendered/prod',
      'prod',
      'prod/',
      '*.yaml',
      '/*.yaml',
      'service/*',
      '**/service',
      '**/*.yaml',
    ],
    ...[
      'rendered/**',
      'rendered/**/reviews.yaml',
      '/*\n!/rendered',
      '/*\n!/rendered/\n',
      '/*\n!/rendered/prod/service',
      '*\n!*.yaml',
      '# a\n\n  ',
    ],
    ...[
      '[a-q]rod',
      '[^r]*',
      '[',
      '[z-a]',
      'r?ndered',
      '\\[x\\].yaml',
      '[[]x[]].yaml',
      '[]x].yaml',
      'a b.yaml',
      'a b.yaml  ',
      'a\\ ',
      'prod/service/',
      '**/prod/**/x',
    ],
    ...[
      '!rendered\nrendered',
      'a.zip',
      '!a.zip',
      '!*.zip',
      'rendered/**/service/',
      '**',
      '/',
      '//',
      '!',
      'rendered/pr**/x',
      '\\',
      'rev*',
      '*ews.y?ml',
      '.',
    ],
  ])('is fetched without what verify says that it leaves out: %j', (text) => {
    const root = join(home, String(count++));
    for (const path of paths) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), withMark('a: b\n'));
    }
    writeFileSync(join(root, '.sourceignore'), text);
    const { stdout } = spawnSync(join(home, 'flux-build'), ['fetched', root], { encoding: 'utf8' });
    const patterns = ignorePatterns(text, []);
    const kept = paths.filter((path) => {
      const pattern = decidingPattern(patterns, path.split('/'));
      // What is left out by default is not, as soon as there is any pattern.
      return pattern === undefined ? patterns.length > 0 || !path.includes('.zip') : pattern.isInclusion;
    });
    expect(
      stdout
        .split('\n')
        .filter((path) => paths.includes(path))
        .sort(),
    ).toEqual([...kept].sort());
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rememberedTexts } from '../../src/document/remembering-parser.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { type CompileOptions, compile } from '../../src/pipeline.ts';
import { gatewayText, meshOf, numbered, randomService } from '../support/random-services.ts';

const runs = Number(process.env.FUZZ_RUNS ?? 15);
const seed = Number(process.env.FUZZ_SEED ?? 20_261_125);
const size = 4;

/** One save of one file: a service, the gateway, the environment, the settings, a template of the user's, or an object that others wrote. */
type Edit =
  | { readonly file: 'service'; readonly which: number; readonly intent: JsonObject | undefined }
  | { readonly file: 'gateway'; readonly hosts: string }
  | { readonly file: 'environment'; readonly words: string }
  | { readonly file: 'settings'; readonly words: string }
  | { readonly file: 'manifest'; readonly host: string | undefined }
  | { readonly file: 'template'; readonly text: string | undefined };

const which = fc.integer({ min: 0, max: size - 1 });
const service = fc.oneof(
  { weight: 6, arbitrary: randomService },
  { weight: 1, arbitrary: fc.constant(undefined) },
  // What has errors comes and goes as well.
  { weight: 1, arbitrary: randomService.map((intent): JsonObject => ({ ...intent, stable: 'v9' })) },
  { weight: 1, arbitrary: randomService.map((intent): JsonObject => ({ ...intent, dependsOn: ['s0', 's1'], timeout: 'soon' })) },
  {
    weight: 2,
    arbitrary: randomService.map(
      (intent): JsonObject => ({ ...intent, dependsOn: ['s0'], routes: [{ match: [{ uri: { prefix: '/z' } }], to: { service: 's1' } }] }),
    ),
  },
);
const anEdit: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ file: fc.constant('service' as const), which, intent: service }) },
  { weight: 1, arbitrary: fc.record({ file: fc.constant('gateway' as const), hosts: fc.constantFrom('"*"', 's1.example.com') }) },
  {
    weight: 1,
    arbitrary: fc.record({
      file: fc.constant('environment' as const),
      words: fc.constantFrom('', 'sidecars: true\n', 'defaults: {service: {timeout: 9s}}\n', 'labels: {team: web}\n', 'layout: by-kind\n'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      file: fc.constant('settings' as const),
      words: fc.constantFrom('phases: sync-waves\n', 'phases: pull-requests\n'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ file: fc.constant('manifest' as const), host: fc.constantFrom(undefined, 's0', 's1', 'elsewhere') }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      file: fc.constant('template' as const),
      text: fc.constantFrom(
        undefined,
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{service.name}}\n',
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: all-{{service.name}}\n',
      ),
    }),
  },
);

const folder = 'environments/mesh';

function apply(tree: ReadonlyMap<string, string>, edit: Edit): ReadonlyMap<string, string> {
  const next = new Map(tree);
  const put = (path: string, text: string | undefined) => (text === undefined ? next.delete(path) : next.set(path, text));
  switch (edit.file) {
    case 'service':
      put(`${folder}/s${edit.which}.yaml`, edit.intent === undefined ? undefined : JSON.stringify(numbered(edit.intent, edit.which)));
      break;
    case 'settings':
      put('mainsheet.yaml', edit.words);
      break;
    case 'gateway':
      put(`${folder}/g.yaml`, `gateway: gw\nservers: [{http: 80, hosts: [${edit.hosts}]}]\n`);
      break;
    case 'environment':
      put(`${folder}/environment.yaml`, `environment: mesh\nistio: "1.31"\nnamespace: bookinfo\nmanifests: [others/]\n${edit.words}`);
      break;
    case 'manifest':
      put(
        `${folder}/others/rule.yaml`,
        `apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {name: other}\nspec: {host: ${edit.host ?? 'nobody'}}\n`,
      );
      break;
    case 'template':
      put('templates/extra.hbs', edit.text === undefined ? undefined : `---\neach: service\n---\n${edit.text}`);
      break;
  }
  return next;
}

function told(tree: ReadonlyMap<string, string>, options: CompileOptions) {
  const { ok, diagnostics, files, manifests, folders } = compile(tree, 'mesh', options);
  return { ok, diagnostics, files: [...files], manifests, folders };
}

describe('a compilation after others', () => {
  it('says what one from nothing says, whatever was edited in between', () => {
    fc.assert(
      fc.property(
        fc.array(randomService, { minLength: size, maxLength: size }),
        fc.array(anEdit, { minLength: 1, maxLength: 6 }),
        (first, edits) => {
          const parsed = { ...rememberedTexts(), isFollowed: () => true };
          let tree: ReadonlyMap<string, string> = meshOf([
            ['g.yaml', gatewayText],
            ...first.map((intent, i): [string, string] => [`s${i}.yaml`, JSON.stringify(numbered(intent, i))]),
          ]);
          for (const edit of [undefined, ...edits, ...edits.slice(0, 1)]) {
            if (edit !== undefined) tree = apply(tree, edit);
            expect(told(tree, { parsed })).toEqual(told(tree, {}));
          }
        },
      ),
      { numRuns: runs, seed },
    );
  }, 3_600_000);

  it('does not draw or judge again what asks for the same', () => {
    const parsed = { ...rememberedTexts(), isFollowed: () => true };
    const tree = meshOf([
      ['a.yaml', 'service: ratings\nversions: [v1]\nstable: v1\n'],
      ['b.yaml', 'service: reviews\nversions: [v1]\nstable: v1\n'],
    ]);
    const before = compile(tree, 'mesh', { parsed }).manifests;
    const edited = new Map(tree).set(`${folder}/b.yaml`, 'service: reviews\nversions: [v1]\nstable: v1\ntimeout: 3s\n');
    const after = compile(edited, 'mesh', { parsed }).manifests;
    expect(before.length).toBe(after.length);
    for (const [i, manifest] of after.entries())
      expect([manifest.name, manifest === before[i]]).toEqual([manifest.name, manifest.name === 'ratings']);
  });
});

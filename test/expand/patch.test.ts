import { describe, expect, it } from 'vitest';
import { mergePatch } from '../../src/model/intent.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { compile } from '../../src/pipeline.ts';

const environment = 'environment: mesh\nistio: "1.29"\nnamespace: bookinfo\n';

function withPatches(patches: readonly unknown[]) {
  const service = { service: 'reviews', port: 9080, versions: ['v1', 'v2'], stable: 'v1', timeout: '5s', patches };
  return compile(
    new Map([
      ['environments/mesh/environment.yaml', environment],
      ['environments/mesh/reviews.yaml', JSON.stringify(service)],
    ]),
    'mesh',
  );
}

function virtualService(compilation: ReturnType<typeof withPatches>): JsonObject | undefined {
  return compilation.manifests.find(({ kind }) => kind === 'VirtualService')?.body;
}

const codes = (compilation: ReturnType<typeof withPatches>) => compilation.diagnostics.map(({ code }) => code);

describe('patches', () => {
  it('change the manifest that they name, before it is judged and written', () => {
    const compilation = withPatches([
      { target: 'VirtualService', reason: 'for the test', ops: [{ op: 'replace', path: '/spec/http/0/timeout', value: '9s' }] },
    ]);
    expect(codes(compilation)).toEqual(['MS6005']);
    expect(compilation.files.get('service/reviews.yaml')).toContain('timeout: 9s');
  });

  it('are judged by the schema of the kind: a mistyped field is an error', () => {
    const compilation = withPatches([
      { target: 'VirtualService', reason: 'x', ops: [{ op: 'add', path: '/spec/http/0/retires', value: { attempts: 2 } }] },
    ]);
    expect(compilation.ok).toBe(false);
    expect(compilation.diagnostics[0]?.hints).toEqual(['did you mean `retries`?']);
    expect(compilation.diagnostics[0]?.at?.start).toBeGreaterThan(100);
  });

  it('without a reason are a warning when they change the spec', () => {
    expect(codes(withPatches([{ target: 'VirtualService', ops: [{ op: 'replace', path: '/spec/http/0/timeout', value: '9s' }] }]))).toEqual(
      ['MS4063', 'MS6005'],
    );
    expect(
      codes(withPatches([{ target: 'VirtualService', ops: [{ op: 'add', path: '/metadata/annotations', value: { a: 'b' } }] }])),
    ).toEqual([]);
  });

  it('for an object that the intent does not write are an error that names what it writes', () => {
    const compilation = withPatches([{ target: 'Gateway', ops: [{ op: 'remove', path: '/spec' }] }]);
    expect(codes(compilation)).toEqual(['MS4060']);
    expect(compilation.diagnostics[0]?.message).toContain('DestinationRule bookinfo/reviews and VirtualService bookinfo/reviews');
  });

  it.each([
    ['/kind', 'Gateway'],
    ['/apiVersion', 'v1'],
    ['/metadata/name', 'other'],
    ['/metadata/namespace', 'other'],
  ])('may not change what the object is: %s', (path, value) => {
    expect(codes(withPatches([{ target: 'VirtualService', reason: 'x', ops: [{ op: 'replace', path, value }] }]))).toEqual(['MS4062']);
  });

  it.each([
    ['J01 __proto__', { op: 'add', path: '/__proto__/polluted', value: true }],
    ['J01 constructor', { op: 'add', path: '/constructor/prototype/polluted', value: true }],
    ['J01 from', { op: 'copy', from: '/__proto__', path: '/spec/x' }],
    ['J03 length', { op: 'replace', path: '/spec/http/length', value: 1_000_000_000 }],
    ['J03 index', { op: 'add', path: '/spec/http/4294967294', value: {} }],
    ['J03 a path that leads nowhere', { op: 'replace', path: '/spec/htp/0/timeout', value: '9s' }],
    ['J03 a test that fails', { op: 'test', path: '/kind', value: 'Gateway' }],
    ['the whole manifest replaced', { op: 'replace', path: '', value: { kind: 'Secret' } }],
    ['the whole manifest removed', { op: 'remove', path: '' }],
    ['removes what is not there', { op: 'remove', path: '/spec/http/0/retries' }],
  ])('%s is an error and changes nothing', (_title, op) => {
    const before = virtualService(withPatches([]));
    const compilation = withPatches([{ target: 'VirtualService', reason: 'x', ops: [op] }]);
    expect(compilation.ok).toBe(false);
    expect(compilation.files.size).toBe(0);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    expect(virtualService(withPatches([]))).toEqual(before);
  });

  it.each(['move it', 5, null])('J03 an unknown operation is refused by the schema: %j', (op) => {
    expect(withPatches([{ target: 'VirtualService', reason: 'x', ops: [{ op, path: '/spec' }] }]).ok).toBe(false);
  });

  it('J02 are all or nothing: a later operation that fails takes the earlier ones back', () => {
    const compilation = withPatches([
      {
        target: 'VirtualService',
        reason: 'x',
        ops: [
          { op: 'replace', path: '/spec/http/0/timeout', value: '9s' },
          { op: 'remove', path: '/spec/none' },
        ],
      },
    ]);
    expect(codes(compilation)).toEqual(['MS4061']);
    expect(compilation.diagnostics[0]?.message).toContain('nothing stands at its `path`');
  });

  it('do not reach into one another: an object added twice is two objects', () => {
    const headers = { request: { set: { 'x-from': 'mesh' } } };
    const compilation = withPatches([
      {
        target: 'VirtualService',
        reason: 'x',
        ops: [
          { op: 'add', path: '/spec/http/0/headers', value: headers },
          { op: 'copy', from: '/spec/http/0/headers', path: '/spec/http/0/route/0/headers' },
          { op: 'replace', path: '/spec/http/0/headers/request/set/x-from', value: 'route' },
        ],
      },
    ]);
    expect(codes(compilation)).toEqual(['MS6005']);
    expect(
      compilation.files
        .get('service/reviews.yaml')
        ?.match(/x-from: (mesh|route)/g)
        ?.sort(),
    ).toEqual(['x-from: mesh', 'x-from: route']);
  });
});

describe('J05 merging', () => {
  it('takes no key from a prototype and gives none to it', () => {
    const hostile = JSON.parse('{"__proto__": {"polluted": true}, "a": {"__proto__": {"polluted": true}}}') as JsonObject;
    mergePatch({ a: {} }, hostile, () => false);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/pipeline.ts';
import { gatewayText, meshOf, randomService } from '../support/random-services.ts';

const asked = (tree: ReadonlyMap<string, string>) => compile(tree, 'mesh', { until: 'manifests' });
const service = 'service: reviews\nport: 9080\nversions: [v1]\nstable: v1\n';
const codes = ({ diagnostics }: ReturnType<typeof compile>) => diagnostics.map(({ code }) => code);

describe('a compilation that goes as far as the manifests', () => {
  it('has those that a whole one has', () => {
    fc.assert(
      fc.property(randomService, (intent) => {
        const tree = meshOf([
          ['s.yaml', JSON.stringify(intent)],
          ['g.yaml', gatewayText],
        ]);
        const [part, whole] = [asked(tree), compile(tree, 'mesh')];
        expect(part.manifests.map(({ body }) => body)).toEqual(whole.manifests.map(({ body }) => body));
        expect(part.manifests.length).toBeGreaterThan(0);
        expect([part.ok, part.files.size]).toEqual([true, 0]);
      }),
      { numRuns: 20, seed: 20_261_124 },
    );
  });

  it('is stopped by an intent that breaks a rule, as a whole one is', () => {
    const tree = meshOf([['s.yaml', `${service}pins: [{user: a, version: v1}]\nroutes: [{match: {uri: {prefix: /a}}, to: v9}]\n`]]);
    expect([asked(tree).ok, asked(tree).manifests]).toEqual([false, []]);
    expect(codes(asked(tree))).toEqual(codes(compile(tree, 'mesh')));
  });

  it('is not stopped by what rules say of manifests, nor by what is still to come', () => {
    const patch =
      'patches: [{target: VirtualService, reason: a test, ops: [{op: replace, path: /spec/http/0/route/0/destination/subset, value: v9}]}]\n';
    const tree = meshOf([['s.yaml', `${service}${patch}next: {canary: {version: v9, percent: 1}}\n`]]);
    expect(compile(tree, 'mesh').ok).toBe(false);
    expect([asked(tree).ok, codes(asked(tree))]).toEqual([true, []]);
  });

  it('says of manifests that others wrote what is wrong with their shape', () => {
    const environment = 'environment: mesh\nistio: "1.31"\nnamespace: bookinfo\nmanifests: [legacy/]\n';
    const tree = new Map([
      ...meshOf([['s.yaml', service]]),
      ['environments/mesh/environment.yaml', environment],
      [
        'environments/mesh/legacy/a.yaml',
        'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: a}\nspec: {hots: [a]}\n',
      ],
    ]);
    const { ok, manifests } = asked(tree);
    expect([ok, manifests.map(({ name }) => name)]).toEqual([false, ['reviews', 'reviews', 'a']]);
    expect(codes(compile(tree, 'mesh'))).toEqual(expect.arrayContaining([...codes(asked(tree))]));
  });

  it('calls no waiver needless of which it cannot know', () => {
    const tree = meshOf([['s.yaml', `${service}allow: [{rule: reachable-route, reason: a test}]\n`]]);
    expect(codes(compile(tree, 'mesh'))).toEqual(['MS3090']);
    expect(codes(asked(tree))).toEqual([]);
  });
});

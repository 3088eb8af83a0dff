import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { deployConfig, idleFlags } from '../../src/pipelines/deploy-config.ts';
import { hostileTexts } from '../support/hostile-texts.ts';
import { compiledFor, drawn, environments, forms, request } from './deploy-fixtures.ts';

const objectsOf = (text: string) => parseAllDocuments(text).map((document) => document.toJS());

describe('objects of an engine', () => {
  it.each(Object.entries(forms))('%s: are those that a reviewer accepted', (name, changes) => {
    const path = join(import.meta.dirname, 'expected', `${name}.yaml`);
    const text = drawn(changes);
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(path, text);
    expect(text).toBe(readFileSync(path, 'utf8'));
  });

  it('do not depend on the order in which environments come', () => {
    for (const changes of Object.values(forms)) {
      const all = changes.environments ?? request.environments;
      expect(drawn({ ...changes, environments: [...all].reverse() })).toBe(drawn(changes));
    }
  });

  it.each(Object.entries(forms))('%s: can prune, but never down to nothing, and are not pruned themselves', (_name, changes) => {
    const text = drawn(changes);
    expect(text).not.toMatch(/allowEmpty|finalizers|targetNamespace|namePrefix|postBuild|tracking-id|FailOnSharedResource/);
    for (const { metadata } of objectsOf(text)) {
      expect(metadata.annotations).toMatchObject({
        'argocd.argoproj.io/sync-options': 'Prune=false',
        'kustomize.toolkit.fluxcd.io/prune': 'disabled',
      });
    }
  });

  it('wait for no environment that is not written', () => {
    const prod = request.environments.filter(({ loaded }) => loaded.environment.name === 'prod');
    expect(drawn({ engine: 'flux', environments: prod })).not.toContain('dependsOn');
    expect(drawn({ isSet: true, environments: prod })).not.toContain('RollingSync');
  });

  it('leave alone what a controller owns, there and nowhere else', () => {
    const [prod, staging] = ['prod', 'staging-shard-0'].map((name) =>
      objectsOf(drawn()).find(({ metadata }) => metadata.name === `mainsheet-${name}`),
    );
    const rules = prod.spec.ignoreDifferences.map(({ kind, name, jqPathExpressions }: Record<string, unknown>) => [
      kind,
      name,
      jqPathExpressions,
    ]);
    expect(rules).toContainEqual(['VirtualService', 'reviews', ['.spec.http[].route[].weight']]);
    expect(rules).toContainEqual(['VirtualService', 'reviews-bookinfo-gateway', ['.spec.http[].route[].weight']]);
    expect(rules).toContainEqual(['VirtualService', 'ratings', ['.spec', '.metadata.labels', '.metadata.annotations']]);
    // A redirect has no destinations, and jq would stop there.
    expect(rules).toContainEqual(['VirtualService', 'old', ['.spec.http[].route[]?.weight']]);
    expect(prod.spec.syncPolicy.syncOptions).toContain('RespectIgnoreDifferences=true');
    expect(staging.spec.ignoreDifferences).toBeUndefined();
    expect(staging.spec.syncPolicy.syncOptions).not.toContain('RespectIgnoreDifferences=true');
  });

  it('leave alone what a controller owns in routes of others that lead to it, and just that', () => {
    const files = {
      ...environments,
      'environments/prod/productpage.yaml':
        'service: productpage\nport: 9080\nversions: [v1, v2]\nsplit: {v1: 50, v2: 50}\nroutes: [{match: {uri: {prefix: /reviews}}, to: {service: reviews}}]\n',
    };
    const own = environments['environments/prod/reviews.yaml'] ?? '';
    const withRoute = `${own}routes: [{match: {uri: {prefix: /p}}, to: {service: productpage}}]\n`;
    const here = compiledFor({ ...files, 'environments/prod/reviews.yaml': own });
    const rules = objectsOf(drawn({ engine: 'flux', environments: here })).find(({ metadata }) => metadata.name === 'mainsheet-prod').spec
      .ignore;
    expect(rules).toContainEqual({
      paths: ['/spec/http/1/route/0/weight', '/spec/http/1/route/1/weight'],
      target: { group: 'networking\\.istio\\.io', kind: 'VirtualService', name: 'productpage', namespace: 'bookinfo' },
    });
    // Argo CD would keep every route of it, and with them shares that git moves.
    expect(drawn({ environments: here })).toBe('MS4606');
    const there = {
      ...environments,
      'environments/prod/productpage.yaml': files['environments/prod/productpage.yaml'].replace(/routes.*/, ''),
    };
    expect(drawn({ environments: compiledFor({ ...there, 'environments/prod/reviews.yaml': withRoute }) })).toBe('MS4606 MS4606');
  });

  it('say no waves where the objects say their own', () => {
    expect(drawn({ hasWaves: true, phases: 'sync-waves' })).toBe(drawn());
    expect(drawn({ hasWaves: true })).not.toBe(drawn());
  });

  it('know which flags say nothing to an engine', () => {
    expect(idleFlags('flux', ['project', 'waves', 'secret'])).toEqual(['project', 'waves']);
    expect(idleFlags('argocd', ['project', 'waves', 'secret'])).toEqual(['secret']);
  });
});

describe('what no cluster could apply', () => {
  const files = {
    'environments/mesh/environment.yaml': 'environment: mesh\nistio: "1.29"\n',
    'environments/mesh/a.yaml': 'service: a\nversions: [v1]\n',
  };

  it('is an object without a namespace', () => {
    expect(drawn({ environments: compiledFor(files) })).toBe('MS4602');
  });

  it.each(['Prod', 'prod_eu', 'a'.repeat(80)])('is an environment called %s', (name) => {
    const text = `environment: ${name}\nistio: "1.29"\nnamespace: bookinfo\n`;
    expect(drawn({ environments: compiledFor({ [`environments/${name}/environment.yaml`]: text }) })).toBe('MS4601');
  });

  it('is two environments by one name', () => {
    const environment = (name: string, more = '') => ({
      [`environments/${name}/environment.yaml`]: `environment: ${name}\nistio: "1.29"\nnamespace: bookinfo\n${more}`,
    });
    const both = { ...environment('a', 'shards: 2\n'), ...environment('a-shard-1') };
    expect(drawn({ environments: compiledFor(both) })).toBe('MS4601');
  });

  it('is a name of its own that no object can have', () => {
    for (const name of ['', 'Mesh', 'a-', '{{ .x }}']) expect(drawn({ name })).toMatch(/^MS4601/);
  });

  it.each([
    ['git@git.example.com:team/mesh.git', 'ssh://git@git.example.com/team/mesh.git'],
    ['git.example.com:/srv/mesh.git', 'ssh://git@git.example.com/srv/mesh.git'],
    ['ssh://deploy@git.example.com:2222/team/mesh.git', 'ssh://deploy@git.example.com:2222/team/mesh.git'],
    ['ssh://deploy:secret@git.example.com/team/mesh.git', 'ssh://deploy@git.example.com/team/mesh.git'],
    ['https://oauth2:secret@git.example.com/team/mesh.git', 'https://git.example.com/team/mesh.git'],
    ['https://secret@git.example.com/team/mesh.git', 'https://git.example.com/team/mesh.git'],
  ])('%s is written as %s', (address, url) => {
    for (const engine of ['argocd', 'flux']) {
      const text = drawn({ engine, source: { ...request.source, address } });
      expect(text).toContain(`"${url}"`);
      expect(text).not.toContain('secret');
    }
  });

  it.each([
    '/srv/mesh.git',
    '../mesh',
    'http://git.example.com/a',
    'file:///a',
    'ext::sh -c id',
    'https://',
    'https://git.example.com',
    'https://git.example.com/a?token=secret',
    '-o',
    '',
  ])('is an address such as %j', (address) => {
    expect(drawn({ source: { ...request.source, address } })).toBe('MS4603');
  });

  it.each([
    'oci://user:secret@registry.example.com/a',
    'https://registry.example.com/a',
    'oci://registry.example.com',
    'oci://registry.example.com/a:tag',
    'oci://registry.example.com/../a',
  ])('is an artifact such as %s', (address) => {
    expect(drawn({ source: { kind: 'oci', address, revision: 'v1' } })).toBe('MS4603');
  });

  it.each(['', '-x', 'a b', 'a..b', 'a~1', '*', 'v1', '1.29', '>=1.2', 'HEAD', 'a.lock'])('is a revision such as %j', (revision) => {
    expect(drawn({ source: { ...request.source, revision } })).toBe('MS4604');
  });

  it.each(['main', 'release/1.29', 'refs/tags/v1', 'a'.repeat(40), '1'.repeat(40), 'größe'])('is not a revision such as %s', (revision) => {
    expect(objectsOf(drawn({ source: { ...request.source, revision } }))[0].spec.source.targetRevision).toBe(revision);
  });
});

describe('values', () => {
  it('are never syntax: each comes back as it was written, in every form', () => {
    const text = fc.oneof(
      fc.string({ minLength: 1 }),
      fc.constantFrom(...hostileTexts, '{{ .name }}', '{{ toJson . }}', '}}', "'", '"', ': ', '- a', '# b', '$' + '{x}', '&a', '*a', '!!b'),
    );
    const wellFormed = text.filter((one) => Buffer.from(one).toString() === one && one.trim() !== '');
    fc.assert(
      fc.property(wellFormed, wellFormed, wellFormed, (project, cluster, secret) => {
        const all = compiledFor(environments, { prod: cluster });
        for (const isSet of [false, true]) {
          const objects = objectsOf(drawn({ environments: all, project, isSet }));
          const [app] = isSet ? objects[0].spec.generators[0].list.elements.slice(-2) : [objects[2].spec];
          expect(app.project).toBe(project);
          expect(Object.values(app.destination)).toContain(cluster);
          // A template that holds none of them has nothing to run.
          if (isSet) expect(JSON.stringify(objects[0].spec.template)).toBe(JSON.stringify(objectsOf(drawn({ isSet }))[0].spec.template));
        }
        const [source] = objectsOf(drawn({ engine: 'flux', environments: all, secret }));
        expect(source.spec.secretRef).toEqual({ name: secret });
      }),
      { seed: 1, numRuns: 40 },
    );
  });

  it('lose no object to another of the same file', () => {
    const names = ['source', 'application-set', 'kustomization', 'set'];
    const files = Object.fromEntries(
      names.map((name) => [`environments/${name}/environment.yaml`, `environment: ${name}\nistio: "1.29"\nnamespace: bookinfo\n`]),
    );
    const count = (engine: string, isSet: boolean, name: string) =>
      deployConfig({ ...request, engine, isSet, name, environments: compiledFor(files) }).value?.size;
    for (const name of ['mainsheet', 'source', 'kustomization', 'application']) {
      expect([count('argocd', false, name), count('argocd', true, name), count('flux', false, name)]).toEqual([4, 1, 5]);
    }
  });

  it('make one file each, named after the object', () => {
    const { value } = deployConfig(request);
    for (const [path, text] of value ?? []) expect(path).toBe(`${objectsOf(text)[0].metadata.name}.yaml`);
  });
});

import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCompiler } from '../../src/pipeline.ts';
import { filesOf, folderWith, put, runIn } from './cli-fixtures.ts';

const world = { compiler: async () => createCompiler, variables: { HOME: '/nonexistent' } };

const reviews = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: reviews, namespace: bookinfo}
spec:
  hosts: [reviews]
  http:
    - match: [{headers: {end-user: {exact: jason}}}]
      route: [{destination: {host: reviews, subset: v2}}]
    - route:
        - {destination: {host: reviews, subset: v1}, weight: 90}
        - {destination: {host: reviews, subset: v2}, weight: 10}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: reviews-versions, namespace: bookinfo}
spec:
  host: reviews
  subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]
`;
const lua = `# Nobody knows why.
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: {name: lua, namespace: bookinfo}
spec: {configPatches: []}
`;
const words = `service: reviews
versions: [v1, v2]
stable: v1
canary: {version: v2, percent: 10}
pins:
  - {user: jason, version: v2}
names: {DestinationRule: reviews-versions}
`;

describe('import', () => {
  it('writes an environment with intents, and what they cannot say as it stands', async () => {
    const folder = folderWith({ 'k8s/reviews.yaml': reviews, 'k8s/lua.yaml': lua });
    const { code, stdout, stderr } = await runIn(folder, ['import', '--env', 'prod', '--istio', '1.29', 'k8s'], world);
    expect(code).toBe(0);
    expect(stderr).toContain('note[MS1101]');
    expect(stderr).toContain('--> k8s/lua.yaml:3:7');
    expect(stdout).toContain('prod: 2 objects became 1 service, in 7 lines from 40\n');
    expect(stdout).toContain('  1 object stays as written, in legacy/: MS1101 kind-has-intents\n');
    expect(filesOf(join(folder, 'environments'))).toEqual({
      'prod/environment.yaml': 'environment: prod\nistio: "1.29"\nnamespace: bookinfo\nuser: {header: end-user}\nmanifests: [legacy/]\n',
      'prod/services/reviews.yaml': words,
      'prod/legacy/EnvoyFilter/lua.yaml': lua,
    });
    expect((await runIn(folder, ['render'], world)).code).toBe(0);
    const compared = await runIn(folder, ['diff', '--manifests', 'k8s', 'rendered/prod'], world);
    expect(compared.stdout).toContain('Objects: 3 unchanged');
  });

  it('reads standard input, Lists, and what a cluster has written into objects', async () => {
    const list = {
      apiVersion: 'v1',
      kind: 'List',
      items: [
        {
          apiVersion: 'networking.istio.io/v1',
          kind: 'DestinationRule',
          metadata: {
            name: 'ratings',
            namespace: 'bookinfo',
            uid: '1',
            resourceVersion: '7',
            labels: { team: 'books' },
            annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}' },
          },
          spec: { host: 'ratings', trafficPolicy: { loadBalancer: { simple: 'RANDOM' } } },
        },
      ],
    };
    const folder = folderWith({});
    const { code } = await runIn(folder, ['import', '--env', 'prod', '-'], { ...world, input: JSON.stringify(list) });
    expect(code).toBe(0);
    expect(filesOf(folder)['environments/prod/services/ratings.yaml']).toBe(
      'service: ratings\nloadBalancer: RANDOM\npatches:\n  - {target: DestinationRule, ops: [{op: add, path: /metadata/labels, value: {team: books}}]}\n',
    );
  });

  it('does nothing the second time, and leaves what people have written', async () => {
    const folder = folderWith({ 'k8s/reviews.yaml': reviews, 'k8s/lua.yaml': lua });
    await runIn(folder, ['import', '--env', 'prod', 'k8s'], world);
    const before = filesOf(folder);
    const again = await runIn(folder, ['import', '--env', 'prod', 'k8s'], world);
    expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('2 files unchanged')]);
    expect(filesOf(folder)).toEqual(before);
    put(folder, 'environments/prod/services/reviews.yaml', `# Ours.\n${words}`);
    const refused = await runIn(folder, ['import', '--env', 'prod', 'k8s'], world);
    expect([refused.code, refused.stderr]).toEqual([
      4,
      expect.stringContaining('environments/prod/services/reviews.yaml would be overwritten'),
    ]);
    expect(filesOf(folder)['environments/prod/services/reviews.yaml']).toBe(`# Ours.\n${words}`);
    const asked = await runIn(folder, ['import', '--env', 'prod', '--overwrite', 'k8s'], world);
    expect(asked.code).toBe(0);
    expect(filesOf(folder)).toEqual(before);
  });

  it('adds to an environment that is there, with its words, and names the folder of kept objects there', async () => {
    const environment = '# Production.\nenvironment: prod\nistio: "1.20"\nnamespace: bookinfo # as everywhere\nuser: {header: x-user}\n';
    const folder = folderWith({
      'environments/prod/environment.yaml': environment,
      'environments/prod/details.yaml': 'service: details\ntimeout: 3s\n',
      'k8s/reviews.yaml': reviews.replaceAll('end-user', 'x-user').replaceAll('istio.io/v1', 'istio.io/v1beta1'),
      'k8s/lua.yaml': lua,
    });
    const { code } = await runIn(folder, ['import', '--env', 'prod', 'k8s'], world);
    expect(code).toBe(0);
    const files = filesOf(folder);
    expect(files['environments/prod/environment.yaml']).toBe(`${environment}manifests: [legacy/]\n`);
    expect(files['environments/prod/services/reviews.yaml']).toBe(words);
    expect(files['environments/prod/details.yaml']).toBe('service: details\ntimeout: 3s\n');
    const told = await runIn(folder, ['import', '--env', 'prod', '--istio', '1.29', 'k8s'], world);
    expect([told.code, told.stderr]).toEqual([1, expect.stringContaining('environments/prod/environment.yaml says')]);
  });

  it('adds to labels of the environment those of the objects, and keeps an object that its defaults would change', async () => {
    const rule = (name: string, more: string) =>
      `apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {name: ${name}, namespace: bookinfo, labels: {team: books}}\nspec: {host: ${name}, trafficPolicy: {${more}}}\n`;
    const folder = folderWith({
      'environments/prod/environment.yaml':
        'environment: prod\nistio: "1.29"\nnamespace: bookinfo\nlabels: {team: mesh, tier: web}\ndefaults: {service: {loadBalancer: RANDOM}}\n',
      'k8s/rules.yaml': [rule('ratings', 'loadBalancer: {simple: ROUND_ROBIN}'), rule('reviews', 'tls: {mode: DISABLE}')].join('---\n'),
    });
    const { code, stderr } = await runIn(folder, ['import', '--env', 'prod', 'k8s'], world);
    expect(code).toBe(0);
    expect(stderr).toContain('the service reviews would write `spec.trafficPolicy.loadBalancer` otherwise');
    const files = filesOf(join(folder, 'environments/prod'));
    expect(files['services/ratings.yaml']).toBe(
      'service: ratings\nloadBalancer: ROUND_ROBIN\npatches:\n  - {target: DestinationRule, ops: [{op: add, path: /metadata/labels/team, value: books}]}\n',
    );
    expect(files['legacy/DestinationRule/reviews.yaml']).toBe(rule('reviews', 'tls: {mode: DISABLE}'));
  });

  it('refuses manifests with errors, at their lines, and writes nothing', async () => {
    const folder = folderWith({ 'k8s/reviews.yaml': reviews.replace('{name: v2,', '{name: v3,') });
    const { code, stdout, stderr } = await runIn(folder, ['import', '--env', 'prod', 'k8s'], world);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('error[MS5001]');
    expect(stderr).toContain('--> k8s/reviews.yaml:8:53');
    expect(Object.keys(filesOf(folder))).toEqual(['k8s/reviews.yaml']);
  });

  it('shows with --dry-run what it would write', async () => {
    const folder = folderWith({ 'k8s/reviews.yaml': reviews });
    const { code, stdout } = await runIn(folder, ['import', '--env', 'prod', '--dry-run', 'k8s'], world);
    expect(code).toBe(0);
    expect(stdout).toContain(`# environments/prod/services/reviews.yaml\n${words}`);
    expect(Object.keys(filesOf(folder))).toEqual(['k8s/reviews.yaml']);
  });

  it('writes through no link', async () => {
    const folder = folderWith({ 'k8s/reviews.yaml': reviews, 'elsewhere/keep.yaml': 'a: 1\n' });
    put(folder, 'environments/prod/environment.yaml', 'environment: prod\nistio: "1.29"\nnamespace: bookinfo\n');
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'environments/prod/services'));
    const { code } = await runIn(folder, ['import', '--env', 'prod', 'k8s'], world);
    expect([3, 4]).toContain(code);
    expect(Object.keys(filesOf(join(folder, 'elsewhere')))).toEqual(['keep.yaml']);
  });

  it('names what is no environment, and what is not there', async () => {
    const folder = folderWith({ 'k8s/reviews.yaml': reviews });
    expect((await runIn(folder, ['import', '--env', '../prod', 'k8s'], world)).code).toBe(1);
    expect((await runIn(folder, ['import', '--env', 'prod', 'k9s'], world)).stderr).toContain('nothing stands at "k9s"');
  });
});

describe('names that somebody else chose', () => {
  const odd = (name: string) =>
    `apiVersion: networking.istio.io/v1alpha3\nkind: EnvoyFilter\nmetadata: {name: "${name}", namespace: bookinfo}\nspec: {configPatches: []}\n`;

  it('lead out of no folder, and two that look alike are two files', async () => {
    const folder = folderWith({ 'mesh/k8s/odd.yaml': [odd('../../../../lua'), odd('a/b'), odd('a:b')].join('---\n') });
    const { code } = await runIn(join(folder, 'mesh'), ['import', '--env', 'prod', 'k8s'], world);
    expect(code).toBe(0);
    const written = Object.keys(filesOf(folder)).filter((path) => path.includes('legacy'));
    expect(written).toEqual([
      'mesh/environments/prod/legacy/EnvoyFilter/a.b-2.yaml',
      'mesh/environments/prod/legacy/EnvoyFilter/a.b.yaml',
      'mesh/environments/prod/legacy/EnvoyFilter/lua.yaml',
    ]);
  });

  it('writes nothing where there is nothing to import', async () => {
    const folder = folderWith({ 'k8s/README.md': 'none yet\n', 'svc.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: a}\n' });
    for (const [path, word] of [
      ['k8s', 'no Kubernetes object'],
      ['svc.yaml', 'no object of Istio'],
    ] as const) {
      const { code, stderr } = await runIn(folder, ['import', '--env', 'prod', path], world);
      expect(code).toBe(1);
      expect(stderr).toContain(`"${path}" holds ${word}`);
    }
    expect(filesOf(folder)['environments/prod/environment.yaml']).toBeUndefined();
  });

  it('proposes no comparison with what holds more than is rendered', async () => {
    const service =
      'apiVersion: v1\nkind: Service\nmetadata: {name: reviews, namespace: bookinfo}\nspec: {ports: [{port: 9080, name: http}]}\n';
    const next = async (files: Record<string, string>) =>
      (await runIn(folderWith(files), ['import', '--env', 'prod', 'k8s'], world)).stdout.split('\n').slice(-2, -1);
    expect(await next({ 'k8s/reviews.yaml': reviews })).toEqual([
      'Next: mainsheet render --env prod && mainsheet diff --manifests k8s rendered/prod',
    ]);
    const both = { 'k8s/reviews.yaml': reviews, 'k8s/service.yaml': service };
    expect(await next(both)).toEqual(['Next: mainsheet render --env prod']);
    expect((await runIn(folderWith(both), ['import', '--env', 'prod', 'k8s'], world)).stdout).toContain(
      '1 other object told what there is, and was not copied: `registry:` can show it to the environment\n',
    );
  });
});

import { execFileSync, spawn } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documents } from '../support/builders.ts';
import { destinationRule, virtualService } from '../support/checked.ts';
import { deployment, service } from '../support/cluster-objects.ts';
import { folderWith, runIn } from './cli-fixtures.ts';

const route = virtualService('hosts: [reviews]\nhttp: [{route: [{destination: {host: reviews, subset: v2}}]}]');
const rule = destinationRule('host: reviews\nsubsets: [{name: v2}]');

describe('check --manifests', () => {
  it('reads a folder, whatever else stands in it', async () => {
    const folder = folderWith({
      'k8s/route.yaml': route,
      'k8s/service.yaml': documents(service('reviews'), deployment('reviews-v2', 'app: reviews, version: v2')),
      'k8s/deep/rule.yml': rule,
      'k8s/values.yaml': 'replicas: 2\n',
      'k8s/notes.md': '{',
    });
    expect(await runIn(folder, ['check', '--manifests', 'k8s'])).toEqual({
      code: 0,
      stdout: '2 Istio objects in 4 files (and 2 other objects), nothing to report\n',
      stderr: '',
    });
  });

  it('reads a stream of many documents, and names the line', async () => {
    const ran = await runIn(folderWith({}), ['check', '--manifests', '-'], { input: `---\n${route}---\n# nothing\n---\n` });
    expect(ran.code).toBe(1);
    expect(ran.stdout).toContain('error[MS5001] known-subset: VirtualService bookinfo/reviews leads to the subset `v2`');
    expect(ran.stdout).toContain('--> <stdin>:7:');
  });

  it('names files as they were named to it', async () => {
    const folder = folderWith({ 'k8s/deep/route.yaml': route });
    const { stdout } = await runIn(folder, ['check', '--manifests', './k8s/deep/route.yaml', '--format', 'github']);
    expect(stdout).toContain('file=k8s/deep/route.yaml,line=6');
  });

  it('says so when nothing stands there', async () => {
    const { code, stderr } = await runIn(folderWith({}), ['check', '--manifests', 'nowhere']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('nothing stands at "nowhere"')]);
  });

  it.each([
    [['--istio', '1.20'], '`--istio` belongs to `--manifests`; intents are checked for the version that `istio:`'],
    [['--namespace', 'shop'], '`--namespace` belongs to `--manifests`'],
    [['--crds', 'crds'], '`--crds` belongs to `--manifests`; write `--manifests PATH`'],
  ])('its flags are not passed over without it: %s', async (flags, says) => {
    const { code, stderr } = await runIn(folderWith({ a: route }), ['check', ...flags]);
    expect([code, stderr]).toEqual([1, expect.stringContaining(says)]);
  });

  it.each(['X Y', 'Shop', 'a-', 'a'.repeat(64), ''])('refuses what is no namespace: "%s"', async (name) => {
    const { code, stderr } = await runIn(folderWith({ a: route }), ['check', '--manifests', 'a', '--namespace', name]);
    expect([code, stderr]).toEqual([1, expect.stringContaining('is no namespace')]);
  });

  it.each(['', '# nothing\n', 'Error: chart not found\n', 'replicas: 2\n'])('refuses standard input without objects: %j', async (input) => {
    const { code, stdout } = await runIn(folderWith({}), ['check', '--manifests', '-'], { input });
    expect([code, stdout]).toEqual([1, expect.stringContaining('error[MS1098] some-manifest')]);
  });

  it('warns of a path that holds no object', async () => {
    const folder = folderWith({ 'a/values.yaml': 'replicas: 2\n', 'b/notes.md': '', 'c/route.yaml': service('reviews') });
    const { code, stdout } = await runIn(folder, ['check', '--manifests', 'a', '--manifests', 'b', '--manifests', 'c']);
    expect([code, stdout.match(/MS1099[^\n]*/g)]).toEqual([
      0,
      [expect.stringContaining(': a holds'), expect.stringContaining(': b holds')],
    ]);
  });

  it('follows a link that is named, and says when it leads nowhere', async () => {
    const folder = folderWith({ 'k8s/route.yaml': route });
    symlinkSync('k8s/route.yaml', join(folder, 'link.yaml'));
    symlinkSync('gone', join(folder, 'dangling'));
    symlinkSync('circle', join(folder, 'circle'));
    expect((await runIn(folder, ['check', '--manifests', 'link.yaml'])).stdout).toContain('--> link.yaml:6:');
    for (const name of ['dangling', 'circle']) {
      const { code, stderr } = await runIn(folder, ['check', '--manifests', name]);
      expect([code, stderr]).toEqual([1, expect.stringContaining(`"${name}" is a symbolic link that leads nowhere`)]);
    }
  });

  it('reads a pipe', async () => {
    const folder = folderWith({ 'route.yaml': route });
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    spawn('sh', ['-c', 'cat route.yaml > pipe'], { cwd: folder, stdio: 'ignore' });
    expect((await runIn(folder, ['check', '--manifests', 'pipe'])).stdout).toContain('--> pipe:6:');
  });

  it('takes the mesh from flags', async () => {
    const { code, stderr } = await runIn(folderWith({ a: route }), ['check', '--manifests', 'a', '--istio', '2.0']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('"2.0" is no version of Istio')]);
  });
});

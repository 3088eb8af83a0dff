import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { createCompiler } from '../../src/pipeline.ts';
import { environments } from '../deploy/deploy-fixtures.ts';
import { filesOf, folderWith, put, runIn } from './cli-fixtures.ts';

const world = { compiler: async () => createCompiler, variables: { PATH: process.env.PATH, HOME: '/nonexistent' } };
const settings = { 'mainsheet.yaml': 'order: [staging, prod]\nbase: main\n' };
const repo = ['--repo', 'https://git.example.com/team/mesh.git', '--path', 'rendered', '--revision', 'main'];

function repository(files: Readonly<Record<string, string>>, remote?: string): string {
  const folder = folderWith(files);
  const git = (...words: readonly string[]) => execFileSync('git', words, { cwd: folder, stdio: 'pipe' });
  git('init', '-q', '-b', 'main');
  if (remote !== undefined) git('remote', 'add', 'origin', remote);
  return folder;
}

const applications = ['mainsheet-dev.yaml', 'mainsheet-prod.yaml', 'mainsheet-staging-shard-0.yaml', 'mainsheet-staging-shard-1.yaml'];

describe('deploy-config', () => {
  it('names its own flag where git knows no remote', async () => {
    const { code, stderr } = await runIn(repository({ ...environments, ...settings }), ['deploy-config', 'argocd'], world);
    expect([code, stderr]).toEqual([3, expect.stringContaining('here: `--repo URL`')]);
  });

  it('prints what an engine applies, with the address of git’s remote and no password', async () => {
    const folder = repository({ ...environments, ...settings }, 'https://oauth2:secret@git.example.com/team/mesh.git');
    const { code, stdout, stderr } = await runIn(folder, ['deploy-config', 'argocd'], world);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.match(/^kind: Application$/gm)).toHaveLength(4);
    expect(stdout.match(/repoURL: "https:\/\/git.example.com\/team\/mesh.git"/g)).toHaveLength(4);
    expect(stdout).toContain('path: rendered/staging/shard-1');
    expect(stdout).not.toContain('secret');
  });

  it('keeps the user that ssh needs, and the folder that the repository has above', async () => {
    const inMesh = Object.fromEntries(Object.entries({ ...environments, ...settings }).map(([path, text]) => [`mesh/${path}`, text]));
    const folder = repository(inMesh, 'ssh://deploy@git.example.com/team/mesh.git');
    const { stdout } = await runIn(folder, ['deploy-config', 'flux', '--root', 'mesh', '--env', 'prod'], world);
    expect(stdout).toContain('url: "ssh://deploy@git.example.com/team/mesh.git"');
    expect(stdout).toContain('path: "./mesh/rendered/prod"');
    expect(stdout).not.toContain('dependsOn');
  });

  it('reads an output branch or repository from settings', async () => {
    const elsewhere = 'rendered: {branch: mesh-rendered, repository: "https://git.example.com/team/rendered.git"}\n';
    const folder = folderWith({ ...environments, 'mainsheet.yaml': elsewhere });
    const { code, stdout } = await runIn(folder, ['deploy-config', 'flux', '--env', 'dev'], world);
    expect(code).toBe(0);
    expect(stdout).toContain('url: "https://git.example.com/team/rendered.git"\n  ref:\n    branch: mesh-rendered\n');
    expect(stdout).toContain('path: "./rendered/dev"');
  });

  it('writes files once, with their list, and leaves those of others alone', async () => {
    const folder = folderWith({ ...environments, ...settings });
    const write = ['deploy-config', 'argocd', ...repo, '--out', 'deploy'];
    expect(await runIn(folder, [...write, '--check'], world)).toMatchObject({ code: 2 });
    expect(await runIn(folder, write, world)).toMatchObject({ code: 0, stdout: 'deploy  5 files, 5 written\n', stderr: '' });
    const before = filesOf(`${folder}/deploy`);
    expect(Object.keys(before)).toEqual(['kustomization.yaml', ...applications]);
    for (const text of Object.values(before)) expect(text).toMatch(/^# mainsheet sha256:/);
    expect(await runIn(folder, write, world)).toMatchObject({ code: 0, stdout: 'deploy  5 files, up to date\n' });
    expect(await runIn(folder, [...write, '--check'], world)).toMatchObject({ code: 0 });
    put(folder, 'deploy/mainsheet-dev.yaml', `${before['mainsheet-dev.yaml']}# mine\n`);
    expect(await runIn(folder, write, world)).toMatchObject({ code: 4 });
    put(folder, 'deploy/mainsheet-dev.yaml', before['mainsheet-dev.yaml'] ?? '');
    put(folder, 'deploy/project.yaml', 'kind: AppProject\n');
    expect((await runIn(folder, write, world)).code).toBe(4);
  });

  it('takes away no more than a fifth of its files unasked', async () => {
    const folder = folderWith({ ...environments, ...settings });
    const write = ['deploy-config', 'argocd', ...repo, '--out', 'deploy'];
    await runIn(folder, write, world);
    expect(await runIn(folder, [...write, '--env', 'prod'], world)).toMatchObject({ code: 4 });
    expect(Object.keys(filesOf(`${folder}/deploy`))).toHaveLength(5);
    expect(await runIn(folder, [...write, '--env', 'prod', '--allow-prune'], world)).toMatchObject({ code: 0 });
    expect(Object.keys(filesOf(`${folder}/deploy`))).toEqual(['kustomization.yaml', 'mainsheet-prod.yaml']);
  });

  it.each([
    [['helm'], 'no engine is called "helm"'],
    [['flux', '--waves'], '--waves means nothing to flux'],
    [['argocd', '--secret', 'a'], '--secret means nothing to argocd'],
    [['argocd', '--waves', '--directory'], '--waves needs kustomize'],
    [['argocd', '--oci', 'oci://a.example.com/b'], '--oci needs --revision'],
    [['argocd', '--check'], '--check needs --out'],
    [['argocd', '--allow-prune'], '--allow-prune needs --out'],
    [['argocd', ...repo, '--oci', 'oci://a.example.com/b'], 'name two sources'],
    [['argocd', '--path', 'a/../../b'], 'leads out of what is applied'],
    [['argocd', ...repo, '--cluster', 'nowhere=a'], '--cluster nowhere=a names no environment'],
    [['argocd', ...repo, '--cluster', 'prod='], 'names no cluster'],
    [['argocd', ...repo, '--out', 'rendered/prod'], 'lie in one another'],
    [['argocd', ...repo, '--out', '.'], 'lie in one another'],
    [['argocd', ...repo, '--out', 'environments/dev/reviews.yaml/x'], 'is read as input'],
    [['argocd', ...repo, '--out', 'mainsheet.yaml/x'], 'is there, and no folder'],
    [['argocd', '--namespace', 'Argo_CD'], '--namespace Argo_CD names no object: names of objects are lower-case'],
    [['argocd', '--namespace', 'argo.cd'], 'a namespace has no dots'],
    [['argocd', '--project', 'a b'], '--project a b names no object'],
    [['flux', '--secret', 'A'], '--secret A names no object'],
    [['flux', '--cluster', 'prod=https://prod.example.com:6443'], '--cluster https://prod.example.com:6443 names no object'],
    [['argocd', ...repo, '--out', 'environments/prod'], 'is read as input'],
  ])('refuses %j', async (words, message) => {
    const { code, stdout, stderr } = await runIn(folderWith({ ...environments, ...settings }), ['deploy-config', ...words], world);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(message);
  });

  it('warns where the engine knows no waves, and the settings rely on them', async () => {
    const folder = folderWith({ ...environments, 'mainsheet.yaml': 'phases: sync-waves\n' });
    const told = async (engine: string) => {
      const { code, stderr } = await runIn(folder, ['deploy-config', engine, ...repo], world);
      return [code, /MS4605/.test(stderr)];
    };
    expect([await told('flux'), await told('argocd')]).toEqual([
      [0, true],
      [0, false],
    ]);
  });

  it.each([
    ['argocd', [], 'Application', '`kubectl delete application mainsheet-dev --namespace argocd`'],
    ['argocd', ['--application-set', '--unordered'], 'Application', 'unless told not to'],
    ['flux', [], 'Kustomization', '`kubectl delete kustomizations.kustomize.toolkit.fluxcd.io mainsheet-dev --namespace flux-system`'],
  ])('follows the folders of %s %j while the number of shards changes', async (engine, words, kind, deletion) => {
    const folder = folderWith({ ...environments, ...settings });
    const write = ['deploy-config', engine, ...words, ...repo, '--out', 'deploy', '--allow-prune'];
    const render = async (...more: readonly string[]) => expect((await runIn(folder, ['render', ...more], world)).code).toBe(0);
    await render();
    expect(await runIn(folder, write, world)).toMatchObject({ code: 0, stderr: '' });
    const before = filesOf(`${folder}/deploy`);
    const file = 'environments/dev/environment.yaml';
    put(folder, file, `${environments[file]}shards: 2\n`);
    const early = await runIn(folder, write, world);
    expect([early.code, early.stderr]).toEqual([4, expect.stringContaining('mainsheet render --reshard')]);
    await render('--reshard');
    const guarded = await runIn(folder, write, world);
    expect([guarded.code, guarded.stderr.match(/MS46\d\d.*/g)]).toEqual([
      0,
      ['MS4607] folders-of-this-step: dev is on its way from 1 to 2 shards: these objects apply the folder that it has now'],
    ]);
    expect(guarded.stderr).toContain(`${file}:4:1`);
    expect(filesOf(`${folder}/deploy`)).toEqual(before);
    expect(await runIn(folder, [...write, '--check'], world)).toMatchObject({ code: 0 });
    await render('--reshard');
    const moved = await runIn(folder, write, world);
    expect([moved.code, moved.stderr.match(/MS46\d\d.*/g)]).toEqual([
      0,
      [`MS4609] owner-taken-away: ${kind} mainsheet-dev is written no more; in the cluster it stays, with all that it applied`],
    ]);
    expect(moved.stderr.replaceAll(/\s+/g, ' ')).toContain(deletion);
    expect(JSON.stringify(filesOf(`${folder}/deploy`))).toContain('mainsheet-dev-shard-1');
    expect(await runIn(folder, write, world)).toMatchObject({ code: 0, stderr: '' });
  });

  it('says which folder is not rendered yet, where others are', async () => {
    const folder = folderWith({ ...environments, ...settings });
    expect((await runIn(folder, ['render', '--env', 'prod'], world)).code).toBe(0);
    const { code, stderr } = await runIn(folder, ['deploy-config', 'argocd', ...repo], world);
    expect([code, stderr.match(/MS46\d\d.*/g)]).toEqual([
      0,
      [
        'MS4608] rendered-folder-there: `rendered/dev` is not there, and these objects apply it',
        'MS4608] rendered-folder-there: `rendered/staging` is not there, and these objects apply it',
      ],
    ]);
  });

  it('writes nothing of intents with errors', async () => {
    const broken = { ...environments, 'environments/dev/reviews.yaml': 'service: reviews\nstable: v9\n' };
    const folder = folderWith(broken);
    const { code, stdout, stderr } = await runIn(folder, ['deploy-config', 'argocd', ...repo, '--out', 'deploy'], world);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('environments/dev/reviews.yaml:2');
    expect(Object.keys(filesOf(folder)).filter((path) => path.startsWith('deploy'))).toEqual([]);
  });
});

describe('an order of environments in mainsheet.yaml', () => {
  it('lets every command run, and is held against what is there', async () => {
    const folder = folderWith({ ...environments, ...settings });
    expect(await runIn(folder, ['render'], world)).toMatchObject({ code: 0 });
    put(folder, 'mainsheet.yaml', 'order: [staging, production]\n');
    const { code, stderr } = await runIn(folder, ['render'], world);
    expect(code).toBe(1);
    expect(stderr.match(/^error\[/gm)).toHaveLength(1);
    expect(stderr).toContain('there is no environment `production`');
  });
});

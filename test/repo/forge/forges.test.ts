import { describe, expect, it } from 'vitest';
import { chooseForge, type ForgeFacts } from '../../../src/repo/forge/forges.ts';
import { parseRemote } from '../../../src/repo/forge/repository-address.ts';

const tokens = { GITHUB_TOKEN: 'ghp_aaaaaaaaaaaa', GITLAB_TOKEN: 'glpat-aaaaaaaa', GITEA_TOKEN: 'aaaaaaaaaaaaaaaa' };

function choice(facts: Partial<ForgeFacts>) {
  const { value, diagnostics } = chooseForge({ variables: tokens, ...facts });
  return value ?? diagnostics.map(({ code }) => code);
}

describe('which forge a remote is', () => {
  it.each([
    ['https://github.com/mainsheet/mesh.git', 'github', 'https://api.github.com', 'mainsheet/mesh'],
    ['git@github.com:mainsheet/mesh.git', 'github', 'https://api.github.com', 'mainsheet/mesh'],
    ['ssh://git@ssh.github.com:443/mainsheet/mesh.git', 'github', 'https://api.github.com', 'mainsheet/mesh'],
    ['https://acme.ghe.com/mainsheet/mesh', 'github', 'https://api.acme.ghe.com', 'mainsheet/mesh'],
    ['https://github.example.com/mainsheet/mesh', 'github', 'https://github.example.com/api/v3', 'mainsheet/mesh'],
    ['https://gitlab.com/teams/traffic/mesh.git', 'gitlab', 'https://gitlab.com/api/v4', 'teams/traffic/mesh'],
    ['git@gitlab.example.com:2222/teams/mesh.git', 'gitlab', 'https://gitlab.example.com/api/v4', '2222/teams/mesh'],
    ['ssh://git@gitlab.example.com:2222/teams/mesh.git', 'gitlab', 'https://gitlab.example.com/api/v4', 'teams/mesh'],
    ['https://codeberg.org/mainsheet/mesh', 'gitea', 'https://codeberg.org/api/v1', 'mainsheet/mesh'],
    ['https://gitea.example.com:3000/mainsheet/mesh', 'gitea', 'https://gitea.example.com:3000/api/v1', 'mainsheet/mesh'],
    ['https://bot:s3cret@github.com/mainsheet/mesh.git', 'github', 'https://api.github.com', 'mainsheet/mesh'],
    ['http://127.0.0.1:3000/mainsheet/mesh.git', ['MS9001']],
    ['https://git.example.com/mainsheet/mesh.git', ['MS9001']],
    ['http://github.example.com/mainsheet/mesh.git', ['MS9001']],
    ['ext::sh -c whoami', ['MS9001']],
    ['git@github.com:../mesh', ['MS9001']],
  ])('%s', (remote, kind, api?: string, repository?: string) => {
    const found = choice({ remote });
    if (Array.isArray(kind)) expect(found).toEqual(kind);
    else expect(found).toMatchObject({ kind, api, repository });
  });

  it.each([['/srv/git/mesh.git'], ['../mesh'], ['file:///srv/git/mesh.git'], ['./a:b/c']])('is local for the folder %s', (remote) => {
    expect(choice({ remote })).toMatchObject({ kind: 'local' });
  });

  it('is local without a remote, and where the settings say so', () => {
    expect(choice({})).toEqual({ kind: 'local' });
    expect(choice({ remote: 'https://github.com/mainsheet/mesh', setting: { kind: 'local' } })).toEqual({ kind: 'local' });
  });

  it('goes by the settings, whatever the host is called', () => {
    const remote = 'git@git.example.com:mainsheet/mesh.git';
    expect(choice({ remote, setting: { kind: 'forgejo' } })).toMatchObject({ kind: 'gitea', api: 'https://git.example.com/api/v1' });
    const below = { kind: 'gitlab', url: 'https://git.example.com/gitlab/' } as const;
    expect(choice({ remote: 'https://git.example.com/gitlab/teams/mesh.git', setting: below })).toMatchObject({
      api: 'https://git.example.com/gitlab/api/v4',
      repository: 'teams/mesh',
    });
  });

  it('goes by what the CI of the forge says of itself', () => {
    const remote = 'https://git.example.com/teams/mesh.git';
    expect(choice({ remote, variables: { ...tokens, CI_SERVER_URL: 'https://git.example.com:8443' } })).toMatchObject({
      kind: 'gitlab',
      api: 'https://git.example.com:8443/api/v4',
    });
    const github = { ...tokens, GITHUB_SERVER_URL: 'https://git.example.com' };
    expect(choice({ remote, variables: github })).toMatchObject({ kind: 'github' });
    expect(choice({ remote, variables: { ...github, GITEA_ACTIONS: 'true' } })).toMatchObject({ kind: 'gitea' });
  });
});

describe('where a token goes', () => {
  const remote = 'https://git.example.com/mainsheet/mesh.git';

  it.each([
    ['https://evil.example.net'],
    ['http://git.example.com'],
    ['https://git.example.com@evil.example.net'],
    ['https://user:password@git.example.com'],
    ['http://169.254.169.254'],
    ['https://git.example.com?x=1'],
    ['https://git.example.com:9443'],
  ])('not to %s, which the settings name', (url) => {
    expect(choice({ remote, setting: { kind: 'gitea', url } })).toEqual(['MS9010']);
  });

  it('not to another port of this machine', () => {
    const setting = { kind: 'gitea', url: 'http://127.0.0.1:3001' } as const;
    expect(choice({ remote: 'http://127.0.0.1:3000/mainsheet/mesh.git', setting })).toEqual(['MS9010']);
    expect(
      choice({ remote: 'git@git.example.com:mainsheet/mesh.git', setting: { kind: 'gitea', url: 'https://git.example.com:3000' } }),
    ).toEqual(['MS9010']);
  });

  it('to another host where whoever runs it says so', () => {
    const setting = { kind: 'gitlab', url: 'https://pages.example.com' } as const;
    expect(choice({ remote, setting })).toEqual(['MS9010']);
    expect(choice({ remote, setting, variables: { ...tokens, MAINSHEET_FORGE_URL: 'https://pages.example.com' } })).toMatchObject({
      api: 'https://pages.example.com/api/v4',
    });
  });

  it('to this machine without TLS', () => {
    expect(choice({ remote: 'http://127.0.0.1:3000/mainsheet/mesh.git', setting: { kind: 'gitea' } })).toMatchObject({
      api: 'http://127.0.0.1:3000/api/v1',
    });
  });

  it('comes from the variables that are usual, or the one that is named', () => {
    const of = (variables: Record<string, string>, tokenEnv?: string) =>
      choice({ remote, variables, setting: { kind: 'gitea', ...(tokenEnv === undefined ? {} : { tokenEnv }) } });
    expect(of({ GITEA_TOKEN: ' abcdefgh\n' })).toMatchObject({ token: 'abcdefgh' });
    expect(of({ MAINSHEET_TOKEN: 'first', GITEA_TOKEN: 'second' })).toMatchObject({ token: 'first' });
    expect(of({ GITEA_TOKEN: 'a', GITEA_MESH_TOKEN: 'b' }, 'GITEA_MESH_TOKEN')).toMatchObject({ token: 'b' });
    expect(of({ GITEA_TOKEN: 'a' }, 'GITEA_MESH_TOKEN')).toEqual(['MS9030']);
    for (const other of ['PROM_TOKEN', 'NPM_TOKEN', 'AWS_SECRET_ACCESS_KEY', 'HOME', 'GITHUB_PATH', 'DIGITS_TOKEN'])
      expect(of({ GITEA_TOKEN: 'a', [other]: 'b' }, other)).toEqual(['MS9012']);
    expect(of({})).toEqual(['MS9030']);
    expect(of({ GITEA_TOKEN: '' })).toEqual(['MS9030']);
    expect(of({ GITEA_TOKEN: 'two words' })).toEqual(['MS9030']);
  });

  it('is not said in any finding', () => {
    const { diagnostics } = chooseForge({ remote, variables: { GITEA_TOKEN: 'not a token' }, setting: { kind: 'gitea' } });
    expect(JSON.stringify(diagnostics)).not.toContain('not a token');
  });

  it('tells jobs of GitLab that theirs is not enough', () => {
    const { diagnostics } = chooseForge({ remote: 'https://gitlab.com/a/b', variables: { CI_JOB_TOKEN: 'abcdefgh' } });
    expect(diagnostics[0]?.hints).toEqual([expect.stringContaining('CI_JOB_TOKEN')]);
  });
});

it('reads no userinfo, control characters or programs from a remote', () => {
  expect(parseRemote('https://bot:s3cret@git.example.com/a/b')).toEqual({
    form: 'server',
    protocol: 'https',
    host: 'git.example.com',
    port: '',
    path: 'a/b',
  });
  for (const odd of ['', 'ext::sh', 'https://a b/c', 'ftp://host/a', 'https://host', 'https://host/a\nb'])
    expect(parseRemote(odd)).toBeUndefined();
});

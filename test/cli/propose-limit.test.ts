import { describe, expect, it } from 'vitest';
import { git, prod, type Repository, rendered } from './propose-fixtures.ts';

const environment = 'environments/prod/environment.yaml';
const file = (name: string) => `environments/prod/${name}.yaml`;
const service = (name: string, words = '') => `service: ${name}\nport: 9080\nversions: [v1]\n${words}`;
const names = (count: number) => Array.from({ length: count }, (_, i) => `stars-${i + 1}`);
const services = (count: number, words = '') => Object.fromEntries(names(count).map((name) => [file(name), service(name, words)]));

async function edited(count: number, settings = ''): Promise<Repository> {
  const repository = await rendered({
    [environment]: prod,
    ...services(count),
    ...(settings === '' ? {} : { 'mainsheet.yaml': settings }),
  });
  for (const [path, text] of Object.entries(services(count, 'timeout: 3s\n'))) repository.put(path, text);
  return repository;
}

const branches = ({ remote }: Repository) => git(remote, 'for-each-ref', '--format=%(refname:short)', 'refs/heads').split('\n');

describe('how many pull requests one run opens', () => {
  it('is twenty: a slip that touches more is refused before anything is pushed', async () => {
    const repository = await edited(21);
    for (const dry of [[], ['--dry-run']]) {
      const { code, stdout, stderr } = await repository.run('propose', ...dry);
      expect([code, stdout]).toEqual([4, '']);
      expect(stderr).toContain(
        'error[MS8026] pull-requests-within-limit: 21 changes would be proposed, of which more than 20 have no open',
      );
      expect(stderr).toContain('`--max-pull-requests <number>`');
    }
    expect(branches(repository)).toEqual(['main']);
  });

  it('is what a flag or mainsheet.yaml says, and what is open already does not count', async () => {
    const repository = await edited(2, 'maxPullRequests: 1\n');
    expect((await repository.run('propose')).code).toBe(4);
    expect((await repository.run('propose', '--max-pull-requests', '0')).stderr).toContain('"0" is no number of pull requests');
    const allowed = await repository.run('propose', '--max-pull-requests', '2');
    expect([allowed.code, allowed.stderr]).toEqual([0, '']);
    expect(branches(repository)).toHaveLength(3);
    repository.put(file('stars-1'), service('stars-1', 'timeout: 4s\n'));
    expect(await repository.run('propose')).toMatchObject({ code: 0, stdout: expect.stringContaining('1 updated'), stderr: '' });
  });

  it('lets phases that follow by themselves come by and by, all of them once', async () => {
    const repository = await rendered({ [environment]: prod, ...services(2), 'mainsheet.yaml': 'maxPullRequests: 1\n' });
    // One change of what all share, in phases, leaves the last phase of each for itself.
    repository.put(environment, `${prod}defaults: {service: {stable: v1, versions: {v2: {}}, canary: {version: v2, percent: 10}}}\n`);
    expect((await repository.run('propose')).stdout).toContain('mainsheet/prod/_environment, pushed');
    repository.merge('mainsheet/prod/_environment');
    const first = await repository.run('propose');
    expect([first.code, first.stderr]).toEqual([0, 'note: 1 phase more follows with a later run: one run opens 1 at most\n']);
    expect(branches(repository).filter((name) => name.includes('stars'))).toEqual(['mainsheet/prod/stars-1']);
    const second = await repository.run('propose');
    expect([second.code, second.stderr, second.stdout.match(/\d (created|says so already)/g)]).toEqual([
      0,
      '',
      ['2 says so already', '3 created'],
    ]);
  });
});

describe('how many pull requests one scheduled run opens', () => {
  it('is as many, and the next run goes on; ways back do not wait', async () => {
    const moving = (name: string, words: string) =>
      `service: ${name}\nport: 9080\nversions: [v1, v2]\nstable: v1\ncanary: {version: v2, percent: 10}\nrollout: {steps: [10, 100], soak: 1h, assumeReady: true${words}}\n`;
    const repository = await rendered({
      [environment]: prod,
      [file('details')]: moving('details', ''),
      [file('ratings')]: moving('ratings', ''),
      [file('reviews')]: moving('reviews', ', back: [5, 0], returning: true'),
    });
    const merged = Number(git(repository.remote, 'log', '-1', '--format=%ct', 'main'));
    const now = new Date((merged + 7200) * 1000).toISOString().replace('.000', '');
    const advance = () => repository.run('rollout', 'advance', '--all', '--max-pull-requests', '1', '--now', now);
    const first = await advance();
    expect([first.code, first.stderr]).toEqual([0, '']);
    expect(first.stdout).toContain('prod/ratings: this run has opened 1 pull request, as many as one may: the next goes on\n');
    expect(branches(repository)).toEqual(['main', 'mainsheet/prod/details', 'mainsheet/prod/reviews']);
    expect((await advance()).stdout).not.toContain('as many as one may');
    expect(branches(repository)).toEqual(['main', 'mainsheet/prod/details', 'mainsheet/prod/ratings', 'mainsheet/prod/reviews']);
  });
});

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCompiler } from '../../src/pipeline.ts';
import { git, identity, prod, ratings, rendered, reviews, reviewsFile, someFiles } from './propose-fixtures.ts';

const branch = 'mainsheet/prod/reviews';
const canary = reviews('canary: {version: v2, percent: 10}\n');

describe('propose', () => {
  it('has nothing to do where nothing was edited', async () => {
    const repository = await rendered();
    expect(await repository.run('propose')).toEqual({ code: 0, stdout: 'nothing to propose: main says what is here\n', stderr: '' });
    expect(git(repository.remote, 'branch', '--list')).toBe('* main');
  });

  it('opens a pull request with intents and rendered files in one commit, and leaves the work tree alone', async () => {
    const repository = await rendered();
    repository.put(reviewsFile, canary);
    const before = [repository.git('status', '--porcelain'), repository.git('rev-parse', 'HEAD'), repository.git('branch', '-a')];
    const { code, stdout, stderr } = await repository.run('propose');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toBe(`prod: reviews v2 gets 10 %
  branch        ${branch}, pushed (base main)
  pull request  1 created: ../remote.git/mainsheet/pull-requests/1.md
`);
    expect([repository.git('status', '--porcelain'), repository.git('rev-parse', 'HEAD'), repository.git('branch', '-a')]).toEqual(before);
    expect(repository.show(branch, reviewsFile)).toBe(canary.trimEnd());
    expect(repository.show(branch, 'rendered/prod/service/reviews.yaml')).toContain('weight: 10');
    expect(git(repository.remote, 'rev-list', '--count', `main..${branch}`)).toBe('1');
    expect(git(repository.remote, 'diff', '--name-only', `main...${branch}`)).toBe(`${reviewsFile}\nrendered/prod/service/reviews.yaml`);
    const message = git(repository.remote, 'log', '-1', '--format=%B', branch);
    expect(message).toMatch(
      /^prod: reviews v2 gets 10 %\n\nMainsheet-Schema: 1\nMainsheet-Environment: prod\nMainsheet-Subject: reviews\n/,
    );
    const page = readFileSync(join(repository.remote, 'mainsheet/pull-requests/1.md'), 'utf8');
    expect(page).toContain('10 % moves');
  });

  it('run again pushes and edits nothing; a moved base is taken in', async () => {
    const repository = await rendered();
    repository.put(reviewsFile, canary);
    await repository.run('propose');
    const tip = git(repository.remote, 'rev-parse', branch);
    const again = await repository.run('propose');
    expect(again.stdout).toContain(`branch        ${branch} (base main)\n  pull request  1 says so already`);
    expect(git(repository.remote, 'rev-parse', branch)).toBe(tip);
    // Someone else lands a change of another service.
    const other = await rendered();
    other.git('remote', 'set-url', 'origin', repository.remote);
    other.git('fetch', '-q', 'origin');
    other.git('reset', '-q', '--hard', 'origin/main');
    other.put('environments/prod/ratings.yaml', ratings('timeout: 3s\n'));
    await other.run('render');
    other.land('ratings');
    const moved = await repository.run('propose');
    expect(moved.code).toBe(0);
    expect(git(repository.remote, 'rev-parse', `${branch}^`)).toBe(git(repository.remote, 'rev-parse', 'main'));
    expect(git(repository.remote, 'diff', '--name-only', `main...${branch}`)).toBe(`${reviewsFile}\nrendered/prod/service/reviews.yaml`);
  });

  it('proposes what changes apart as pull requests apart, whether committed or not', async () => {
    const repository = await rendered();
    repository.git('checkout', '-q', '-b', 'work');
    repository.put('environments/prod/ratings.yaml', ratings('timeout: 3s\n'));
    repository.git('commit', '-qam', 'a timeout');
    repository.put(reviewsFile, canary);
    const { code, stdout } = await repository.run('propose', '--base', 'main', '--format', 'json');
    expect(code).toBe(0);
    const told = JSON.parse(stdout);
    expect(told.proposals.map((one: { branch: string; outcome: string }) => [one.branch, one.outcome])).toEqual([
      ['mainsheet/prod/ratings', 'created'],
      ['mainsheet/prod/reviews', 'created'],
    ]);
  });

  it('goes through the phases of a change, one merged pull request after the other', async () => {
    const repository = await rendered();
    repository.put(reviewsFile, reviews('canary: {version: v3, percent: 10}\n', '[v1, v2, v3]'));
    const first = await repository.run('propose');
    expect(first.stdout).toContain('prod: reviews v3 gets 10 % (expand: nothing moves yet, then shift)');
    expect(repository.show(branch, reviewsFile)).toContain('next: {canary: {version: v3, percent: 10}}');
    expect(git(repository.remote, 'log', '-1', '--format=%B', branch)).toContain('Mainsheet-Step: expand');
    repository.merge(branch);
    expect(repository.git('status', '--porcelain')).toBe('');
    const second = await repository.run('propose');
    expect(second.stdout).toBe(`prod: reviews v3 gets 10 % (shift, last phase)
  branch        ${branch}, pushed (base main)
  pull request  2 created: ../remote.git/mainsheet/pull-requests/2.md
`);
    expect(repository.show(branch, reviewsFile)).not.toContain('next');
    repository.merge(branch);
    expect((await repository.run('propose')).stdout).toContain('nothing to propose');
    expect((await repository.run('render', '--check')).code).toBe(0);
  });

  it('leaves a branch with the commit of a person alone, amended ones too', async () => {
    for (const amend of [false, true]) {
      const repository = await rendered();
      repository.put(reviewsFile, canary);
      await repository.run('propose');
      const person = join(repository.here, '../person');
      git(repository.remote, 'clone', '-q', '-b', branch, repository.remote, person);
      git(person, 'rm', '-q', 'environments/prod/ratings.yaml');
      git(person, 'commit', '-q', ...(amend ? ['--amend', '--no-edit', '--reset-author'] : ['-m', 'mine']));
      git(person, 'push', '-qf', 'origin', branch);
      const tip = git(repository.remote, 'rev-parse', branch);
      repository.put(reviewsFile, canary.replace('10', '20'));
      for (const _ of [1, 2]) {
        const { code, stdout } = await repository.run('propose');
        expect([code, stdout.split('\n')[2]]).toEqual([
          0,
          '  pull request  1 left alone: the branch has commits of a person: ../remote.git/mainsheet/pull-requests/1.md',
        ]);
      }
      expect(git(repository.remote, 'rev-parse', branch)).toBe(tip);
      expect(readdirSync(join(repository.remote, 'mainsheet/pull-requests/comments'))).toHaveLength(1);
    }
  });

  it('does not open again what a person closed, but other content', async () => {
    const repository = await rendered();
    repository.put(reviewsFile, canary);
    await repository.run('propose');
    git(repository.remote, 'branch', '-D', branch);
    const closed = await repository.run('propose');
    expect(closed.stdout).toContain('1 stays closed: a person closed this content');
    expect(git(repository.remote, 'branch', '--list')).toBe('* main');
    repository.put(reviewsFile, canary.replace('10', '20'));
    expect((await repository.run('propose')).stdout).toContain('2 created');
  });

  it('proposes nothing where one environment has errors, and says how the other is proposed alone', async () => {
    const dev = 'environments/dev/ratings.yaml';
    const repository = await rendered({ ...someFiles, 'environments/dev/environment.yaml': prod.replace('prod', 'dev'), [dev]: ratings() });
    repository.put(dev, ratings('timout: 3s\n'));
    repository.put(reviewsFile, canary);
    const { code, stdout, stderr } = await repository.run('propose');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('error[MS1040]');
    expect(stderr).toContain(
      '\nnote: nothing is proposed; what is edited of prod is sound. To propose that alone: mainsheet propose --env prod\n',
    );
    expect((await repository.run('propose', '--env', 'prod')).code).toBe(0);
    expect(git(repository.remote, 'branch', '--list')).toContain(branch);
  });

  it.each([
    ['--title', ' '],
    ['--title', '\u200b\u00a0\u2060\ufeff'],
    ['-m', '\n\t'],
  ])('refuses a blank text: %j %j', async (flag, blank) => {
    const repository = await rendered();
    repository.put(reviewsFile, canary);
    const { code, stderr } = await repository.run('propose', flag, blank);
    expect([code, stderr]).toEqual([1, expect.stringContaining('it says nothing: write a few words, or leave it out')]);
    expect(git(repository.remote, 'branch', '--list')).toBe('* main');
  });

  it('judges in a dry run whose the commit shall be, and needs nobody to be named', async () => {
    const repository = await rendered(someFiles, { variables: { PATH: process.env.PATH ?? '', GIT_CONFIG_NOSYSTEM: '1' } });
    repository.put(reviewsFile, canary);
    expect((await repository.run('propose', '--dry-run')).code).toBe(0);
    for (const dry of [['--dry-run'], []])
      expect(await repository.run('propose', '--author', 'jason', ...dry)).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('"jason" is not of the form "Name <address>"'),
      });
  });

  it('refuses in a dry run what can not be committed', async () => {
    const repository = await rendered();
    repository.put('mainsheet.yaml', 'rendered: {path: .github/x}\n');
    for (const dry of [['--dry-run'], []])
      expect(await repository.run('propose', ...dry)).toMatchObject({ code: 4, stderr: expect.stringContaining('MS8010') });
  });

  it('prints in a dry run all that it would do, and does nothing', async () => {
    const repository = await rendered();
    repository.put(reviewsFile, canary);
    const { code, stdout } = await repository.run(
      'propose',
      '--dry-run',
      '--label',
      'traffic,canary',
      '--reviewer',
      'jason',
      '-m',
      'Agreed.',
    );
    expect(code).toBe(0);
    for (const text of [
      `${branch}, would be pushed (base main)`,
      'would be created',
      'label traffic, label canary, reviewer jason',
      `~ ${reviewsFile}`,
      '~ rendered/prod/service/reviews.yaml',
      'Agreed.',
      '## Traffic',
      '<!-- mainsheet {',
    ])
      expect(stdout).toContain(text);
    expect(git(repository.remote, 'branch', '--list')).toBe('* main');
    const json = await repository.run('propose', '--dry-run', '--format', 'json');
    expect(JSON.parse(json.stdout).proposals[0].files[reviewsFile]).toBe(canary);
  });

  it('refuses what would undo what others changed, and names the file', async () => {
    const repository = await rendered();
    repository.put(reviewsFile, reviews('timeout: 1s\n'));
    await repository.run('render');
    repository.land('theirs');
    repository.git('reset', '-q', '--hard', 'HEAD~1');
    repository.put(reviewsFile, canary);
    const { code, stderr } = await repository.run('propose');
    expect([code, stderr.split('\n')[0]]).toEqual([
      4,
      `error[MS8021] changed-on-one-side: ${reviewsFile} is changed here, and has changed on main meanwhile`,
    ]);
  });

  it('makes the commit anew where flags say how it shall read, and not where they say nothing', async () => {
    const repository = await rendered();
    repository.put(reviewsFile, canary);
    await repository.run('propose');
    const tip = () => git(repository.remote, 'rev-parse', branch);
    const flags = ['--sign-off', '-m', 'Asked for by the shop.', '--author', 'Jason <jason@example.org>'];
    expect((await repository.run('propose', ...flags)).stdout).toContain(`${branch}, pushed`);
    expect(git(repository.remote, 'log', '-1', '--format=%an <%ae>%n%B', branch)).toMatch(
      /^Jason <jason@example.org>\nprod: reviews v2 gets 10 %\n\nAsked for by the shop\.\n\nMainsheet-[\s\S]*\nSigned-off-by: /,
    );
    const made = tip();
    for (const words of [flags, []]) expect((await repository.run('propose', ...words)).stdout).toContain('1 says so already');
    expect(tip()).toBe(made);
    await repository.run('propose', '--title', 'reviews: 10 %');
    expect(git(repository.remote, 'log', '-1', '--format=%s', branch)).toBe('reviews: 10 %');
  });

  it('says why, and what to do, where another run keeps moving the branch', async () => {
    const repository = await rendered();
    repository.put('README.md', 'Bookinfo\n');
    repository.git('add', '.');
    repository.land('one more');
    repository.put(reviewsFile, canary);
    const [one, other] = git(repository.remote, 'rev-list', '--max-count=2', 'main').split('\n');
    const hook = `#!/bin/sh
unset GIT_QUARANTINE_PATH
ref=refs/heads/${branch}
if [ "$(git rev-parse -q --verify $ref)" = ${one} ]; then git update-ref $ref ${other}; else git update-ref $ref ${one}; fi
exit 1
`;
    mkdirSync(join(repository.remote, 'hooks'));
    writeFileSync(join(repository.remote, 'hooks/pre-receive'), hook, { mode: 0o755 });
    const { code, stderr } = await repository.run('propose');
    expect(code).toBe(3);
    expect(stderr).toContain(`error[MS8054] branch-settled: ${branch} has been moved by another run meanwhile`);
    expect(stderr).toContain('= why: ');
    expect(stderr).toContain('= fix: Run again once the other run has ended');
  });

  it('refuses a change of the number of shards, which takes steps', async () => {
    const repository = await rendered();
    repository.put('environments/prod/environment.yaml', 'environment: prod\nistio: "1.31"\nnamespace: bookinfo\nshards: 2\n');
    const { code, stderr } = await repository.run('propose');
    expect([code, stderr.split('\n')[0]]).toEqual([4, 'error[MS8022] same-shards: prod is rendered in 1 and declares 2 shards']);
  });

  it.each(['out', 'a/b'])('moves what is rendered to %s with the settings that say so', async (path) => {
    const repository = await rendered();
    repository.put('mainsheet.yaml', `rendered: {path: ${path}}\n`);
    const files = (at: string) =>
      git(repository.remote, 'ls-tree', '-r', '--name-only', at)
        .split('\n')
        .filter((name) => !name.startsWith('env'));
    const moved = ['mainsheet.yaml', ...files('main').map((name) => name.replace('rendered/', `${path}/`))].sort();
    const own = 'mainsheet/prod/_environment';
    for (const words of [reviews(), canary]) {
      repository.put(reviewsFile, words);
      const { code, stderr } = await repository.run('propose');
      expect([code, stderr, files(own)]).toEqual([0, '', moved]);
      expect(repository.show(own, `${path}/prod/service/reviews.yaml`).includes('weight: 10')).toBe(words === canary);
    }
  });

  it('deletes an environment only where that is said', async () => {
    const repository = await rendered({
      ...someFiles,
      'environments/staging/environment.yaml': prod.replace('prod', 'staging'),
      'environments/staging/ratings.yaml': ratings(),
    });
    repository.git('rm', '-qr', 'environments/staging');
    const refused = await repository.run('propose');
    expect([refused.code, refused.stdout]).toEqual([4, '']);
    expect((await repository.run('propose', '--allow-prune')).stdout.split('\n')[0]).toBe('staging is deleted');
  });

  it("takes the remote's name for its branch, and no branch of a pull request for a base", async () => {
    const repository = await rendered();
    repository.put(reviewsFile, canary);
    expect((await repository.run('propose', '--dry-run', '--base', 'origin/main')).stdout).toContain('(base main)');
    expect((await repository.run('propose', '--dry-run', '--base', '@{u}')).stdout).toContain('(base main)');
    const bot = await repository.run('propose', '--dry-run', '--base', branch);
    expect([bot.code, bot.stderr]).toEqual([1, expect.stringContaining('it is a branch of a pull request, and no base of one')]);
    await repository.run('propose');
    repository.git('fetch', '-q', 'origin');
    repository.git('checkout', '-qf', '-b', 'mine', '--track', `origin/${branch}`);
    expect((await repository.run('propose', '--dry-run')).stdout).toContain('(base main)');
    expect(await repository.run('propose', '--title=')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('`--title=` has nothing behind it'),
    });
  });

  it('warns of what git was told to ignore', async () => {
    const repository = await rendered();
    repository.put('.git/info/exclude', 'secret*\n');
    repository.put('environments/prod/secret.yaml', 'service: details\nport: 9080\n');
    const { code, stderr } = await repository.run('propose', '--dry-run');
    expect([code, stderr]).toEqual([0, 'warning: git ignores environments/prod/secret.yaml, and it is proposed all the same\n']);
  });

  it('says with a code why a change is not proposed', async () => {
    const repository = await rendered();
    repository.put(reviewsFile, reviews('timeout: 3s\n'));
    repository.land('not rendered');
    repository.put(reviewsFile, reviews('timeout: 3s\ncanary: {version: v3, percent: 10}\n', '[v1, v2, v3]'));
    const { code, stderr } = await repository.run('propose');
    expect([code, stderr]).toEqual([
      4,
      expect.stringContaining(`error[MS8024] proposable-change: ${branch} is not proposed: no order of its phases is safe`),
    ]);
  });

  it('says what is wrong with a repository that has no files or no commit', async () => {
    const { runIn } = await import('./cli-fixtures.ts');
    const repository = await rendered();
    const world = { variables: identity, compiler: async () => createCompiler };
    for (const words of [['propose'], ['publish'], ['rollout', 'status']])
      expect(await runIn(repository.remote, words, world)).toMatchObject({ code: 3, stderr: expect.stringContaining('MS8043') });
    repository.git('checkout', '-q', '--orphan', 'empty');
    for (const words of [['propose'], ['diff', '--base', 'nothing']])
      expect(await repository.run(...words)).toMatchObject({ code: 3, stderr: expect.stringContaining('MS8051') });
  });

  it('keeps apart what several roots of one repository propose of the same names', async () => {
    const nested = Object.entries(someFiles).flatMap(([path, text]) => ['a', 'teams/b'].map((root) => [`${root}/${path}`, text] as const));
    const repository = await rendered(Object.fromEntries(nested));
    for (const root of ['a', 'teams/b']) {
      await repository.run('render', '--root', root);
      repository.land(`render ${root}`);
    }
    const shares = { a: 10, 'teams/b': 30 };
    const propose = async (root: string) => (await repository.run('propose', '--root', root)).stdout;
    for (const [root, percent] of Object.entries(shares)) {
      repository.put(`${root}/${reviewsFile}`, reviews(`canary: {version: v2, percent: ${percent}}\n`));
      expect(await propose(root)).toContain('created');
    }
    for (const root of Object.keys(shares)) expect(await propose(root)).toContain('says so already');
    expect(git(repository.remote, 'for-each-ref', '--format=%(refname:lstrip=2)', 'refs/heads/mainsheet')).toBe(
      'mainsheet/=a/prod/reviews\nmainsheet/=teams=b/prod/reviews',
    );
    for (const root of Object.keys(shares))
      expect(git(repository.remote, 'log', '-1', '--format=%s', `mainsheet/=${root.replace('/', '=')}/prod/reviews`)).toMatch(
        new RegExp(`^${root}/prod: reviews v2 gets `),
      );
    for (const [root, percent] of Object.entries(shares))
      expect(repository.show(`mainsheet/=${root.replace('/', '=')}/prod/reviews`, `${root}/${reviewsFile}`)).toContain(
        `percent: ${percent}`,
      );
  });

  it('works without any remote, and with the branches of this repository', async () => {
    const repository = await rendered();
    repository.git('remote', 'remove', 'origin');
    repository.put(reviewsFile, canary);
    const { code, stdout, stderr } = await repository.run('propose', '--base', 'main');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('1 created: .git/mainsheet/pull-requests/1.md');
    expect(repository.git('show', `${branch}:${reviewsFile}`)).toBe(canary.trimEnd());
  });

  it('refuses to write for a pull request from a fork', async () => {
    const repository = await rendered(undefined, {});
    const event = join(repository.here, '../event.json');
    const side = (name: string) => ({ repo: { full_name: name } });
    const { runIn } = await import('./cli-fixtures.ts');
    const jobs = [
      { pull_request: { head: side('someone/mesh'), base: side('bookinfo/mesh') } },
      { repository: { full_name: 'bookinfo/mesh' }, workflow_run: { head_repository: { full_name: 'someone/mesh' } } },
    ];
    for (const job of jobs) {
      repository.put('../event.json', JSON.stringify(job));
      const variables = { ...identity, GITHUB_EVENT_NAME: Object.keys(job).at(-1), GITHUB_EVENT_PATH: event };
      for (const words of [['propose'], ['rollout', 'advance', '--all'], ['rollout', 'rollback', 'reviews', '--env', 'prod']]) {
        const { code, stderr } = await runIn(repository.here, words, { variables, compiler: async () => createCompiler });
        expect([words, code, stderr.split('\n')[0]]).toEqual([
          words,
          4,
          'error[MS9011] no-token-for-forks: this job builds a change from someone/mesh, a fork, with a token for bookinfo/mesh',
        ]);
      }
    }
  });
});

describe('guardrails and a proposal of a person', () => {
  const guarded = (words: string) => ({ ...someFiles, 'environments/prod/environment.yaml': `${prod}guardrails: {${words}}\n` });
  const canary = (percent: number) => reviews(`canary: {version: v2, percent: ${percent}}\n`);
  const page = (remote: string) => readFileSync(join(remote, 'mainsheet/pull-requests/1.md'), 'utf8');

  it('refuse what moves more than one pull request may, and no way back', async () => {
    const repository = await rendered({ ...guarded('maxShift: 30'), [reviewsFile]: canary(60) });
    repository.put(reviewsFile, canary(100));
    const refused = await repository.run('propose');
    expect([refused.code, refused.stdout, refused.stderr]).toEqual([
      4,
      '',
      expect.stringContaining('error[MS8025] shift-within-guardrail'),
    ]);
    expect(refused.stderr).toContain('reviews moves 40 % of its requests, more than the 30 % that one pull request');
    expect(git(repository.remote, 'branch', '--list')).toBe('* main');
    repository.put(reviewsFile, reviews());
    expect(await repository.run('propose')).toMatchObject({ code: 0, stderr: '' });
  });

  it('are told first where they are in its way for now, and keep it from merging by itself', async () => {
    const frozen = 'maxActiveRollouts: 0, freeze: [{cron: "* * * * *", for: 2m, reason: always}]';
    const repository = await rendered(guarded(frozen));
    repository.put(reviewsFile, canary(5));
    expect(await repository.run('propose', '--automerge', 'no-traffic')).toMatchObject({ code: 0, stderr: '' });
    expect(page(repository.remote)).toContain(
      '- **Not now:** **a guardrail is in its way**: a freeze (always); 0 others are on the way, and no more than 0 rollouts may be.',
    );
  });
});
